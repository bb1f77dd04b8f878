import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../sample-profile.ts'
import { newCastellan } from './castellan.ts'
import { allCommands, listArguments, printsOnce } from './commands.ts'
import { fakeOrganization, withConnection } from './verbs/connected.ts'

const castellan = newCastellan()
const folder = mkdtempSync(join(tmpdir(), 'castellan-quiet-'))
const profile = join(folder, 'profile')

beforeAll(async () => {
  await putSample(profile)
})

const given = listArguments({ file: import.meta.filename, folder })

/** They end on a signal. */
const ENDLESS: ReadonlySet<string> = new Set(['runner', 'usage watch'])

const COMMANDS = (await allCommands()).filter((path) => !printsOnce(path) && !ENDLESS.has(path))

describe('--quiet', () => {
  it.each(COMMANDS)('prints nothing where %s ends with 0, and names an error on standard error alone', async (path) => {
    const { argv, stdin = '' } = given(path)
    const own = argv.map((word) => (word === 'acme' ? 'acme-corp' : word))
    const copy = join(folder, path.replaceAll(' ', '-'))
    cpSync(profile, copy, { recursive: true })
    const { code, out, err } = await castellan.runWith(
      { stdin },
      ...path.split(' '),
      ...own,
      '--quiet',
      '--profile',
      copy,
    )
    expect({ code, out }).toEqual({ code, out: '' })
    // 4 is a result, which the code shows; 1, 2 and 3 are errors, which are named.
    expect({ code, isSilent: err === '' }).toEqual({ code, isSilent: code === 0 || code === 4 })
  })

  it('prints nothing where a connection is read to its end, and why where it is not', async () => {
    const good = await withConnection(await fakeOrganization())
    expect(await good.run('sync', '--quiet')).toMatchObject({ code: 0, out: '', err: '' })
    expect(await good.run('usage', 'sync', '--quiet')).toMatchObject({ code: 0, out: '', err: '' })
    const bad = await withConnection('http://127.0.0.1:9')
    const { code, out, err } = await bad.run('sync', '--quiet')
    expect({ code: code === 0, out, hasError: err !== '' }).toEqual({ code: false, out: '', hasError: true })
  })
})

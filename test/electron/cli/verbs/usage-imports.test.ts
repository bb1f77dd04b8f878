import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

const castellan = newCastellan()
const folder = mkdtempSync(join(tmpdir(), 'castellan-cli-imports-'))
const file = join(folder, 'own.csv')

const spent = async (): Promise<unknown> =>
  (await castellan.run('usage', 'list', '--month', '2026-11', '--source', 'internal', '--json')).json()

beforeAll(async () => {
  await castellan.run('client', 'add', 'Acme')
  writeFileSync(file, 'timestamp,request_id,project,cost\n2026-11-03,1,web,2\n2026-11-04,2,web,1.5\n')
})

describe('castellan usage import list and usage import undo', () => {
  it('list an import, undo it so that nothing of it is left, and import its file again', async () => {
    expect((await castellan.run('usage', 'import', 'list')).out).toContain('No usage records were imported.')
    await castellan.run('usage', 'import', file, '--client', 'acme')
    const before = await spent()
    const [row] = (await castellan.run('usage', 'import', 'list', '--json')).json()
    expect(row).toMatchObject({
      importId: 1,
      client: 'acme',
      file: 'own.csv',
      state: 'imported',
      counted: 2,
      undoneAt: null,
    })
    const { out: help } = await castellan.run('usage', 'import', 'list', '--help')
    expect(Object.keys(row ?? {})).toEqual(keysIn(help))

    expect(await castellan.run('usage', 'import', 'undo', '1', '--yes')).toMatchObject({
      code: 0,
      out: 'Undone: own.csv. 2 records removed from the sums.\n',
    })
    expect(await spent()).toEqual([])
    expect((await castellan.run('usage', 'import', 'list')).out).toContain('undone')
    const again = await castellan.run('usage', 'import', 'undo', '1', '--yes')
    expect(again).toMatchObject({ code: 1 })
    expect(again.err).toContain('Import 1 was undone before.')

    await castellan.run('usage', 'import', file, '--client', 'acme')
    expect(await spent()).toEqual(before)
  })

  it('name the files whose repeated records are now missing', async () => {
    await castellan.run('usage', 'import', file, '--client', 'acme')
    const ran = await castellan.run('usage', 'import', 'undo', '2', '--json', '--yes')
    expect(JSON.parse(ran.out)).toMatchObject({ importId: 2, state: 'undone', repeatedBy: ['own.csv'] })
  })
})

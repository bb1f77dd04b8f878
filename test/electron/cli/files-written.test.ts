import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../sample-profile.ts'
import { newCastellan } from './castellan.ts'
import { commandTree, getCommand, listArguments } from './commands.ts'

/** An evidence pack. */
let pack = ''

/** A backup replaces no file, so it has no --force; its own tests try its path. */
const NEVER_REPLACES = 'backup'

/** Every command that writes to a path; one without --force writes a new folder into a folder. */
const WRITERS = (await commandTree())
  .filter(({ command }) => command.options.some(({ long }) => /^--(?:out|certificate|force)$/u.test(long ?? '')))
  .filter(({ path }) => path !== NEVER_REPLACES)
  .map(({ path, command }) => ({
    path,
    to: command.options.some(({ long }) => long === '--force') ? ('file' as const) : ('folder' as const),
  }))

/** The arguments of commands that have no --out, or that need something to write. */
const OWN: Readonly<Record<string, (path: string) => readonly string[]>> = {
  'plan export': (path) => ['1', path, '--format', 'yaml'],
  'evidence csv': (path) => [pack, '--out', path],
  'review pack': (path) => ['1', '--out', path, '--no-zip'],
  offboard: (path) => ['acme-corp', '--certificate', path],
}

const given = listArguments({ file: import.meta.filename, folder: import.meta.dirname })

/** The words with which a command writes to a path, in a format that needs no other program. */
function toWords(command: string, path: string): readonly string[] {
  const own = OWN[command]?.(path)
  if (own !== undefined) return own
  const { argv } = given(command)
  const needed = argv.includes('--out') ? argv.slice(0, argv.indexOf('--out')) : argv
  const formats = getCommand(command).options.find(({ long }) => long === '--format')?.argChoices ?? []
  const format = ['csv', 'html'].find((one) => formats.includes(one))
  return [
    ...needed.map((word) => (word === 'acme' ? 'acme-corp' : word)),
    '--out',
    path,
    ...(format === undefined ? [] : ['--format', format]),
  ]
}

it('every command that writes to a path is tried here, and has --force where it writes a file', () => {
  const listTo = (wanted: 'file' | 'folder'): readonly string[] =>
    WRITERS.filter(({ to }) => to === wanted)
      .map(({ path }) => path)
      .toSorted()
  expect(listTo('folder')).toEqual(['evidence csv', 'offboard', 'review pack'])
  expect(listTo('file')).toEqual([
    'diagnostics',
    'plan export',
    'recovery show',
    'register',
    'report invoice',
    'report monthly',
    'report weekly',
    'review summary',
    'runner install',
  ])
})

const castellan = newCastellan()

function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'castellan-out-')))
}

function hashes(folder: string): readonly string[] {
  return (
    readdirSync(folder)
      .map((name) => join(folder, name))
      // The log of the profile has what was refused.
      .filter((path) => statSync(path).isFile() && !path.endsWith('castellan.log'))
      .map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
  )
}

beforeAll(async () => {
  await putSample(castellan.profile)
  await castellan.run('review', 'open', '--check', 'roles', '--client', 'acme-corp')
  const written = await castellan.run('review', 'pack', '1', '--out', newFolder(), '--no-zip', '--json')
  pack = written.json<{ readonly path: string }>().path
})

describe.each(WRITERS)('$path', ({ path: command, to }) => {
  const words = command.split(' ')

  it('writes nothing into the profile, whatever the name and with --force', async () => {
    const { profile } = castellan
    const before = hashes(profile)
    const places =
      to === 'folder'
        ? [profile]
        : [...readdirSync(profile).map((name) => join(profile, name)), join(profile, 'new.md')]
    const files = places.filter((path) => to === 'folder' || !statSync(path, { throwIfNoEntry: false })?.isDirectory())
    for (const path of files) {
      const ran = await castellan.run(...words, ...toWords(command, path), ...(to === 'file' ? ['--force'] : []))
      expect({ path, ...ran }).toMatchObject({ code: 1, err: expect.stringContaining('inside the profile') as string })
    }
    expect(hashes(profile)).toEqual(before)
  })

  it.runIf(to === 'file')('replaces a file with --force only', async () => {
    const path = join(newFolder(), 'mine.txt')
    writeFileSync(path, 'mine')
    expect(await castellan.run(...words, ...toWords(command, path))).toMatchObject({
      code: 1,
      err: `${path} exists already.\nTo replace it, add --force; or choose another name.\n`,
    })
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect(await castellan.run(...words, ...toWords(command, path), '--force')).toMatchObject({ code: 0 })
    expect(readFileSync(path, 'utf8')).not.toContain('mine')
  })
})

it('review pack makes a new folder beside the one that has its name', async () => {
  const folder = newFolder()
  for (const folders of [1, 2]) {
    expect(await castellan.run('review', 'pack', '1', '--out', folder, '--no-zip')).toMatchObject({ code: 0 })
    expect(readdirSync(folder)).toHaveLength(folders)
  }
})

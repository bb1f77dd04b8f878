import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../sample-profile.ts'
import { newCastellan } from './castellan.ts'
import { commandTree } from './commands.ts'

/** An evidence pack. */
let pack = ''

/** The arguments with which each command writes to a path, and whether that is a file or the folder of a new folder. */
const WRITERS: Readonly<
  Record<string, { readonly to: 'file' | 'folder'; readonly argv: (path: string) => readonly string[] }>
> = {
  register: { to: 'file', argv: (path) => ['--out', path, '--format', 'csv'] },
  'report weekly': { to: 'file', argv: (path) => ['--out', path, '--format', 'csv'] },
  'report monthly': { to: 'file', argv: (path) => ['--out', path, '--format', 'md'] },
  'report invoice': { to: 'file', argv: (path) => ['--out', path, '--format', 'html', '--client', 'acme-corp'] },
  'plan export': { to: 'file', argv: (path) => ['1', path, '--format', 'yaml'] },
  'review summary': { to: 'file', argv: (path) => ['1', '--out', path, '--format', 'html'] },
  'evidence csv': { to: 'folder', argv: (path) => [pack, '--out', path] },
  'review pack': { to: 'folder', argv: (path) => ['1', '--out', path, '--no-zip'] },
  'recovery show': { to: 'file', argv: (path) => ['--confirm', 'SHOW', '--out', path] },
  diagnostics: { to: 'file', argv: (path) => ['--out', path] },
  'runner install': { to: 'file', argv: (path) => ['--out', path] },
  offboard: { to: 'folder', argv: (path) => ['acme-corp', '--certificate', path] },
}

/** A backup replaces no file, so it has no --force; its own tests try its path. */
const NEVER_REPLACES = 'backup'

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

it('every command with an output path is tried here, and has --force where it writes a file', async () => {
  const named = /^--(?:out|certificate|force)$/u
  const writers = (await commandTree()).filter(({ command }) =>
    command.options.some(({ long }) => named.test(long ?? '')),
  )
  expect(writers.map(({ path }) => path).toSorted()).toEqual([...Object.keys(WRITERS), NEVER_REPLACES].toSorted())
  const forceable = writers.filter(({ command }) => command.options.some(({ long }) => long === '--force'))
  expect(forceable.map(({ path }) => path).toSorted()).toEqual(
    Object.keys(WRITERS)
      .filter((path) => WRITERS[path]?.to === 'file')
      .toSorted(),
  )
})

describe.each(Object.entries(WRITERS))('%s', (command, { to, argv }) => {
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
      const ran = await castellan.run(...words, ...argv(path), ...(to === 'file' ? ['--force'] : []))
      expect({ path, ...ran }).toMatchObject({ code: 1, err: expect.stringContaining('inside the profile') as string })
    }
    expect(hashes(profile)).toEqual(before)
  })

  it.runIf(to === 'file')('replaces a file with --force only', async () => {
    const path = join(newFolder(), 'mine.txt')
    writeFileSync(path, 'mine')
    expect(await castellan.run(...words, ...argv(path))).toMatchObject({
      code: 1,
      err: `${path} exists already.\nTo replace it, add --force; or choose another name.\n`,
    })
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect(await castellan.run(...words, ...argv(path), '--force')).toMatchObject({ code: 0 })
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

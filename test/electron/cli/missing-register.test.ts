import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { newCastellan } from './castellan.ts'
import { allCommands, listArguments } from './commands.ts'
import { readContents } from './contents.ts'

const root = mkdtempSync(join(tmpdir(), 'castellan-missing-'))
const file = join(root, 'file.csv')
const folder = join(root, 'folder')
writeFileSync(file, 'name,email\nAnn,ann@acme.example\n')
mkdirSync(folder)

const given = listArguments({ file, folder })
const COMMANDS = await allCommands()

/** The commands that create the register of a profile that has none. */
const CREATE = ['sample', 'client add', 'team init', 'team join']

/** Profiles without a register to work on; each makes its profile at a path and gives what an error has to name. */
const PROFILES: Readonly<Record<string, (profile: string) => readonly string[]>> = {
  'a folder that is not there': (profile) => [join(profile, 'register.db')],
  'an empty folder': (profile) => {
    mkdirSync(profile)
    return [join(profile, 'register.db')]
  },
  'a key but no register': (profile) => {
    mkdirSync(profile)
    writeFileSync(join(profile, 'register.key'), 'C1000')
    return [join(profile, 'register.db'), join(profile, 'register.key')]
  },
  'a backup but no register': (profile) => {
    mkdirSync(join(profile, 'backups'), { recursive: true })
    writeFileSync(join(profile, 'backups', 'register-1.db'), 'x')
    writeFileSync(join(profile, 'backups', 'register-2.db'), 'x')
    return [join(profile, 'register.db'), join(profile, 'backups', 'register-2.db')]
  },
  'a write-ahead log but no register': (profile) => {
    mkdirSync(profile)
    writeFileSync(join(profile, 'register.db-wal'), 'x')
    return [join(profile, 'register.db'), join(profile, 'register.db-wal')]
  },
  'an id in the keychain but no register': (profile) => {
    mkdirSync(profile)
    writeFileSync(join(profile, 'profile-id'), '0123456789abcdef\n')
    return [join(profile, 'register.db'), join(profile, 'profile-id')]
  },
  'a register of 0 bytes': (profile) => {
    mkdirSync(profile)
    writeFileSync(join(profile, 'register.db'), '')
    return [join(profile, 'register.db'), 'empty (0 bytes)']
  },
  'a file that is not a register': (profile) => {
    mkdirSync(profile)
    writeFileSync(join(profile, 'register.db'), 'Minutes of the meeting.\n'.repeat(1000))
    return [join(profile, 'register.db'), 'not a register']
  },
  'a file in place of the folder': (profile) => {
    writeFileSync(profile, 'x')
    return [profile, 'not a folder']
  },
  'a path below a file': (profile) => {
    writeFileSync(profile, 'x')
    return [profile, 'not a folder']
  },
}

/** The kinds of profile in which nothing is lost, so that a register may be created. */
const FREE = ['a folder that is not there', 'an empty folder']

/** These are for profiles without a register, or their output does not depend on the profile. */
const NEED_NONE = [
  'snippet attribution',
  'team host',
  'completion',
  'manual',
  'version',
  'runner install',
  'restore',
  'salvage',
  'update check',
  'update verify',
  'evidence csv',
]

const CASES = Object.keys(PROFILES).flatMap((kind) =>
  COMMANDS.filter((command) => !NEED_NONE.includes(command))
    .filter((command) => !(FREE.includes(kind) && CREATE.includes(command)))
    .map((command) => [command, kind] as const),
)

describe('a command on a profile without a register', () => {
  it.each(CASES)('%s fails on %s, names it in a sentence and creates nothing', async (command, kind) => {
    const castellan = newCastellan()
    const named = PROFILES[kind]?.(castellan.profile) ?? []
    const before = readContents(castellan.profile)
    const profile = kind === 'a path below a file' ? join(castellan.profile, 'inside') : castellan.profile
    const { argv, stdin = '' } = given(command)
    const ran = await castellan.runWith({ stdin }, ...command.split(' '), ...argv, '--profile', profile)
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: '' })
    for (const text of named) expect(ran.err).toContain(text)
    expect(ran.err).toMatch(/^.+\.\n.+\.\n$/u)
    expect(ran.err).not.toMatch(/older version|internal error/u)
    expect(readContents(castellan.profile)).toEqual(before)
  })

  it('names the verbs that create one', async () => {
    const { err } = await newCastellan().run('person', 'list')
    expect(err).toContain('castellan client add')
    expect(err).toContain('castellan sample')
  })

  it.each(CREATE)('%s creates it where nothing is lost', async (command) => {
    for (const kind of FREE) {
      const castellan = newCastellan()
      PROFILES[kind]?.(castellan.profile)
      const { argv, stdin = '' } = given(command)
      const { code } = await castellan.runWith({ stdin }, ...command.split(' '), ...argv)
      // The invite that is given here is none.
      expect(code).toBe(command.startsWith('team ') ? 1 : 0)
      expect(Object.keys(readContents(castellan.profile))).not.toContain(join(castellan.profile, 'register.creating'))
      expect((await castellan.run('client', 'list')).code).toBe(0)
    }
  })

  it('shows no sample where a register was lost', async () => {
    const castellan = newCastellan()
    PROFILES['a key but no register']?.(castellan.profile)
    const ran = await castellan.run('today', '--sample-when-empty')
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toContain('register.key')
  })
})

describe('the creation of a register', () => {
  it('continues where it was interrupted, with the key that was kept', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    const key = readContents(castellan.profile)[join(castellan.profile, 'register.key')]
    // As a process leaves it that ends between the first byte of the file and the first page.
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(castellan.profile, `register.db${suffix}`), { force: true })
    writeFileSync(join(castellan.profile, 'register.db'), '')
    writeFileSync(join(castellan.profile, 'register.creating'), '')
    // With the note of its end it was created to the end, and lost later.
    expect((await castellan.run('client', 'add', 'Acme Corp')).code).toBe(1)
    rmSync(join(castellan.profile, 'register.end'))
    expect(await castellan.run('person', 'list')).toMatchObject({ code: 1, out: '' })
    expect((await castellan.run('client', 'add', 'Acme Corp')).code).toBe(0)
    expect((await castellan.run('client', 'list', '--json')).json()).toHaveLength(1)
    expect(readContents(castellan.profile)[join(castellan.profile, 'register.key')]).toBe(key)
  })
})

import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import Sqlite from 'better-sqlite3'

import { openRegisterToRead, type Register } from '../../../electron/register/register.ts'
import { openRegister } from '../../../electron/register/open.ts'
import { memoryStore } from '../../../electron/secrets/secret-store.ts'
import { keepRegisterKey } from '../../../electron/secrets/register-key.ts'
import { profilePaths } from '../../../electron/service/profile/paths.ts'
import { type BigRegister, makeBigRegister } from '../big-register.ts'
import type { Setting } from './report.ts'

/** A key that guards nothing: the registers are made up. */
const KEY = new Uint8Array(32).fill(7)

/** Without a keychain: the benchmark must not put keys into that of the person who runs it. */
export const NO_KEYCHAIN = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }

/** What a big register depends on: made by another schema or another sync, it would be another one. */
const MADE_BY = ['electron/register/schema', 'electron/register/apply', 'test/bench/big-register.ts']

/**
 * A profile with an encrypted register of some size and its key in a file beside it. Made once and kept, since a
 * million keys take minutes; made again when the schema, the sync or the generator changes.
 */
export async function bigProfile(setting: Pick<Setting, 'root' | 'cache' | 'say'>, size: BigRegister): Promise<string> {
  const name = `${size.keys}-keys-${computeHash(setting.root, size)}`
  const profile = join(setting.cache, name)
  if (!existsSync(profilePaths(profile).register)) {
    dropOlder(setting.cache, size, name)
    const unfinished = `${profile}.unfinished`
    setting.say(`making a register of ${size.keys.toLocaleString('en')} keys`)
    const before = performance.now()
    makeBigRegister(unfinished, KEY, size, Date.now()).close()
    setting.say(`made in ${((performance.now() - before) / 1000).toFixed(1)} s`)
    renameSync(unfinished, profile)
  }
  await keepRegisterKey({ profile, secrets: memoryStore('The benchmark uses no keychain.'), key: KEY })
  return profile
}

/** What a register of usage depends on. */
const USAGE_MADE_BY = ['electron/register/schema', 'shared/domain/usage/rollups.ts', 'test/bench/usage-records.ts']

/**
 * A profile whose register was filled with so many usage records, kept as those of keys are. `fill` is given the register
 * and a folder for what it needs on the way.
 */
export async function usageProfile(
  setting: Pick<Setting, 'root' | 'cache' | 'scratch' | 'say'>,
  rows: number,
  fill: (register: Register) => Promise<void>,
): Promise<string> {
  const hash = computeHash(setting.root, { rows }, USAGE_MADE_BY)
  const profile = join(setting.cache, `${rows}-usage-${hash}`)
  if (!existsSync(profilePaths(profile).register)) {
    mkdirSync(setting.cache, { recursive: true })
    for (const entry of readdirSync(setting.cache)) {
      if (entry.startsWith(`${rows}-usage-`)) rmSync(join(setting.cache, entry), { recursive: true, force: true })
    }
    const unfinished = `${profile}.unfinished`
    setting.say(`making a register of ${rows.toLocaleString('en')} usage records`)
    await newProfile(unfinished, fill)
    renameSync(unfinished, profile)
  }
  await keepRegisterKey({ profile, secrets: memoryStore('The benchmark uses no keychain.'), key: KEY })
  return profile
}

/** A profile in a folder that is replaced, its register filled. */
export async function newProfile(profile: string, fill: (register: Register) => Promise<void> | void): Promise<void> {
  rmSync(profile, { recursive: true, force: true })
  mkdirSync(profile, { recursive: true })
  const register = openProfileToWrite(profile)
  try {
    await fill(register)
  } finally {
    register.close()
  }
  await keepRegisterKey({ profile, secrets: memoryStore('The benchmark uses no keychain.'), key: KEY })
}

/** The register of such a profile, to read. */
export function openProfile(profile: string): Register {
  return openRegisterToRead({ path: profilePaths(profile).register, key: KEY, now: Date.now })
}

/** The register of such a profile, or better of a copy of one, to write. */
export function openProfileToWrite(profile: string): Register {
  return openRegister({ path: profilePaths(profile).register, key: KEY, now: Date.now })
}

/** Changes the register of such a profile, or of a copy of one. */
export function changeProfile(profile: string, change: (register: Register) => void): void {
  const register = openProfileToWrite(profile)
  try {
    change(register)
  } finally {
    register.close()
  }
}

/** A register of another size or an older schema is not worth its gigabyte. */
function dropOlder(cache: string, size: BigRegister, name: string): void {
  mkdirSync(cache, { recursive: true })
  for (const entry of readdirSync(cache)) {
    if (entry.startsWith(`${size.keys}-keys-`) && entry !== name)
      rmSync(join(cache, entry), { recursive: true, force: true })
  }
}

function computeHash(root: string, size: BigRegister | { readonly rows: number }, madeBy = MADE_BY): string {
  const hash = createHash('sha256').update(JSON.stringify(size))
  for (const path of madeBy.flatMap((each) => listFiles(join(root, each)))) hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 12)
}

function listFiles(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path]
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts'))
    .toSorted()
    .map((name) => join(path, name))
}

/** An unencrypted copy of a profile's register, for programs that know plain SQLite only. */
export function plainCopy(profile: string, path: string): void {
  const encrypted = openProfile(profile)
  encrypted.close()
  copyFileSync(profilePaths(profile).register, path)
  const db = new Sqlite(path)
  db.pragma("cipher = 'sqlcipher'")
  db.pragma(`key = "x'${Buffer.from(KEY).toString('hex')}'"`)
  db.pragma('journal_mode = DELETE')
  db.pragma("rekey = ''")
  db.close()
}

import { existsSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'

import { checkEncrypted, checkRegisterFile } from '../../register/db/file-refusal.ts'
import { RegisterRefused } from '../../register/db/migrate.ts'
import { errorCode } from '../../files/private-file.ts'
import { keyFilePath } from '../../secrets/register-key-file.ts'
import { profileIdPath } from '../../secrets/profile-id.ts'
import { signingKeyPath } from '../../secrets/signing-key.ts'
import { type ProfilePaths, profilePaths } from './paths.ts'

/** `absent`: neither a register nor a trace of one exists, so that a new one replaces nothing. */
export type RegisterPresence = 'there' | 'absent'

/**
 * True if a profile has a register. Throws `RegisterRefused` where the profile is not a folder, where a register was
 * moved or deleted and its key, a backup or a part of it is left (a new one in its place would hide the loss), where
 * the file cannot be a register, and, unless one may be created, where there is none. Changes nothing. Call it only for
 * a profile that this process has not opened: see `checkEncrypted`.
 */
export function findRegister(profile: string, mayCreate: boolean): RegisterPresence {
  checkFolder(profile)
  const paths = profilePaths(profile)
  if (isThere(paths.register, paths)) {
    checkRegisterFile(paths.register)
    checkEncrypted(paths.register)
    return 'there'
  }
  // A creation that was interrupted leaves a key behind; if the end of a journal was noted, the creation was complete.
  const traces = existsSync(paths.creating) && !existsSync(paths.journalEnd) ? [] : tracesIn(paths)
  if (traces.length > 0) throw lost(paths, traces)
  if (mayCreate) return 'absent'
  throw new RegisterRefused(
    `No register at ${paths.register}.`,
    'Check --profile and CASTELLAN_PROFILE. To create a register: castellan client add NAME, or castellan sample.',
  )
}

/** Throws `RegisterRefused` for a profile that exists and is not a folder, or cannot be read. */
export function checkFolder(profile: string): void {
  const kind = entryAt(profile, profile)
  if (kind === null || kind.isDirectory()) return
  throw notFolder(profile)
}

/** A register whose creation was interrupted may be an empty file, and counts as absent. */
function isThere(register: string, paths: ProfilePaths): boolean {
  const found = entryAt(register, paths.dir)
  return found !== null && !(found.size === 0 && existsSync(paths.creating))
}

function entryAt(path: string, profile: string): Stats | null {
  try {
    return statSync(path)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return null
    if (code === 'ENOTDIR') throw notFolder(profile)
    throw new RegisterRefused(
      `${path} cannot be read (${code ?? 'unknown error'}).`,
      'Check that this user may read the data folder, or name another one with --profile.',
      { cause: error },
    )
  }
}

function notFolder(profile: string): RegisterRefused {
  return new RegisterRefused(
    `The profile ${profile} is not a folder.`,
    'Name a data folder with --profile or CASTELLAN_PROFILE.',
  )
}

/** Files that only a register leaves behind. */
function tracesIn(paths: ProfilePaths): readonly string[] {
  const { dir, register, journalEnd, backups } = paths
  const files = [keyFilePath(dir), profileIdPath(dir), signingKeyPath(dir), register, journalEnd, `${register}-wal`]
  const copies = existsSync(backups) ? readdirSync(backups).filter((name) => name.endsWith('.db')) : []
  // A link that leads nowhere is a trace as well: the register was on a disk that is not mounted.
  return [
    ...copies
      .toSorted()
      .toReversed()
      .map((name) => join(backups, name)),
    ...files.filter(isEntry),
  ]
}

function isEntry(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function lost(paths: ProfilePaths, traces: readonly string[]): RegisterRefused {
  const [first = ''] = traces
  const hint = first.startsWith(paths.backups)
    ? 'Restore the newest backup: castellan restore.'
    : `Restore one from another place: castellan restore FILE.`
  return new RegisterRefused(
    `The register ${paths.register} is missing, but ${first} exists: the register was moved or deleted.`,
    `${hint} To start a new register, name an empty folder with --profile.`,
  )
}

import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { Backup, BackupMade } from '../../../shared/contract/backup.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { freePath } from '../../register/db/backup.ts'
import type { Register } from '../../register/register.ts'
import { profilePaths } from './paths.ts'

/** How many daily backups are kept; those that a person or a migration asked for stay until a person removes them. */
export const KEPT_DAYS = 14

const DAILY = /^daily-(\d{4}-\d\d-\d\d)\.db$/u
const MADE = /^(?:register|replaced)-.*\.db$/u

/** The backups of a profile, newest first. Only their names and sizes are read. */
export function listBackups(profile: string): readonly Backup[] {
  const { backups } = profilePaths(profile)
  if (!existsSync(backups)) return []
  return readdirSync(backups)
    .filter((name) => DAILY.test(name) || MADE.test(name))
    .map((name): Backup => {
      const path = join(backups, name)
      const { mtimeMs, size } = statSync(path)
      const kind = DAILY.test(name) ? 'daily' : name.startsWith('replaced-') ? 'replaced' : 'made'
      return { name, path, at: Math.floor(mtimeMs), bytes: size, kind }
    })
    .toSorted((a, b) => b.at - a.at || b.name.localeCompare(a.name))
}

/** Makes a backup in the profile's own folder; no later backup replaces it. Rejects with `RegisterRefused`. */
export function makeBackup(register: Register, profile: string, now: number): Promise<BackupMade> {
  return register.copyTo(freeBackupPath(profile, 'register', now))
}

/**
 * Makes the backup of a day unless there is one, and removes all daily ones except the newest `KEPT_DAYS`. Returns null
 * where there was one. Rejects with `RegisterRefused`; then nothing is removed.
 */
export async function backUpDaily(register: Register, profile: string, now: number): Promise<BackupMade | null> {
  const path = join(getFolder(profile), `daily-${toLocalDay(now)}.db`)
  if (existsSync(path)) return null
  const made = await register.copyTo(path)
  for (const name of dailyNames(profile).slice(KEPT_DAYS)) rmSync(join(profilePaths(profile).backups, name))
  return made
}

/** The names of the daily backups, newest first. */
function dailyNames(profile: string): readonly string[] {
  return readdirSync(profilePaths(profile).backups)
    .filter((name) => DAILY.test(name))
    .toSorted()
    .toReversed()
}

/** A name in the backups folder that is not taken. `at` is in milliseconds, UTC. */
export function freeBackupPath(profile: string, word: 'register' | 'replaced', at: number): string {
  return freePath(getFolder(profile), word, at)
}

function getFolder(profile: string): string {
  const { backups } = profilePaths(profile)
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  return backups
}

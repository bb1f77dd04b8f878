import { basename, dirname, join } from 'node:path'

/** What lies where in a profile. All paths are absolute when `dir` is. */
export interface ProfilePaths {
  readonly dir: string
  readonly register: string
  /** There while a register is being created: what was left by an interruption is then no loss. */
  readonly creating: string
  /** Where the journal ended when it was last written. */
  readonly journalEnd: string
  /** Copies that were made before a migration. */
  readonly backups: string
  readonly preferences: string
  /** What the service did, line by line. */
  readonly log: string
  /** Locked by whoever may write; see `takeWriterLock`. */
  readonly writerLock: string
  /** Who that is. */
  readonly writerHolder: string
}

export function profilePaths(dir: string): ProfilePaths {
  return {
    dir,
    register: join(dir, 'register.db'),
    creating: join(dir, 'register.creating'),
    journalEnd: join(dir, 'register.end'),
    backups: join(dir, 'backups'),
    preferences: join(dir, 'preferences.json'),
    log: join(dir, 'castellan.log'),
    writerLock: join(dir, 'writer.lock'),
    writerHolder: join(dir, 'writer.json'),
  }
}

const SAMPLE = 'sample-agency'

/** The profile of the sample agency that belongs to a profile: a folder inside it, so both go and move together. */
export function getSampleProfile(profile: string): string {
  return join(profile, SAMPLE)
}

/**
 * The profile that a sample profile belongs to: the inverse of `sampleProfileOf`, by the folder's name alone; null when it
 * has another name. Ask it only about a profile whose register says that it holds the sample.
 */
export function profileOfSample(sample: string): string | null {
  return basename(sample) === SAMPLE ? dirname(sample) : null
}

import { basename, dirname, join } from 'node:path'

/** The files and folders of a profile. All paths are absolute when `dir` is. */
export interface ProfilePaths {
  readonly dir: string
  readonly register: string
  /** Exists while a register is being created: files left by an interruption are then not a loss. */
  readonly creating: string
  /** Where the journal ended when it was last written. */
  readonly journalEnd: string
  /** Copies that were made before a migration. */
  readonly backups: string
  readonly preferences: string
  /** Downloaded packages of newer versions, and the last installation. */
  readonly updates: string
  /** The log of the service, line by line. */
  readonly log: string
  /** Locked by the process that may write; see `takeWriterLock`. */
  readonly writerLock: string
  /** Which process that is. */
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
    updates: join(dir, 'updates'),
    log: join(dir, 'castellan.log'),
    writerLock: join(dir, 'writer.lock'),
    writerHolder: join(dir, 'writer.json'),
  }
}

const SAMPLE = 'sample-agency'

/**
 * The profile of the sample agency that belongs to a profile: a folder inside it, so both are deleted and moved
 * together.
 */
export function getSampleProfile(profile: string): string {
  return join(profile, SAMPLE)
}

/**
 * The profile that a sample profile belongs to: the inverse of `sampleProfileOf`, by the folder's name alone; null when
 * it has another name. Call it only for a profile whose register is marked as the sample.
 */
export function profileOfSample(sample: string): string | null {
  return basename(sample) === SAMPLE ? dirname(sample) : null
}

import Sqlite from 'better-sqlite3'

const RESTORE = 'Restore a backup from the backups folder of the profile.'
const NOTHING_KEPT = 'The last step was not saved.'

/** The fault and what to do about it, in words for people. */
export type Words = readonly [message: string, hint: string]

/** The code of an error of SQLite; null for any other error. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Sqlite.SqliteError ? error.code : null
}

/**
 * The message for an SQLite error about the file or the machine of the register at a path; null for an error about a
 * statement, which is a defect of the program, and for any other error. All these messages are here.
 */
export function machineWords(error: unknown, path: string): Words | null {
  const code = sqliteCode(error)
  if (code === null) return null
  const family = /^SQLITE_[A-Z]+/u.exec(code)?.[0] ?? ''
  return WORDS[family]?.(path, code) ?? null
}

const WORDS: Readonly<Record<string, (path: string, code: string) => Words>> = {
  SQLITE_NOTADB: (path) => [
    `The file ${path} does not open with this key, or is not a register.`,
    `Enter the recovery code of this register. ${RESTORE}`,
  ],
  SQLITE_CORRUPT: (path) => [
    `The register in ${path} is damaged.`,
    `See what is damaged: castellan integrity. ${RESTORE}`,
  ],
  SQLITE_BUSY: (path) => [
    `The register in ${path} is in use by another process.`,
    'Wait until it has finished, then try again.',
  ],
  SQLITE_FULL: (path) => [
    `The disk is full: the register in ${path} could not be written. ${NOTHING_KEPT}`,
    'Free space on the disk that holds it, then try again.',
  ],
  SQLITE_IOERR: (path, code) => [
    `The disk cannot read or write the register in ${path} (${code}). ${NOTHING_KEPT}`,
    'Check the disk and its connection, and that it is not full, then try again.',
  ],
  SQLITE_READONLY: (path) => [
    `The register in ${path} cannot be written: the file, its folder or its disk is read-only. ${NOTHING_KEPT}`,
    'Give this user write permission there, or use a verb that only reads.',
  ],
  SQLITE_NOMEM: () => [`The machine is out of memory. ${NOTHING_KEPT}`, 'Close other programs, then try again.'],
}

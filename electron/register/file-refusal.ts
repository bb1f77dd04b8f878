import Sqlite from 'better-sqlite3'

import { RegisterRefused } from './migrate.ts'

const RESTORE = 'Restore a backup from the backups folder of the profile.'

/** Whether SQLite says that a file holds no database that this key opens. */
export function isWrongKey(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_NOTADB'
}

/** What keeps a register's file from being opened, in words for people. Anything that is not SQLite's stays as it is. */
export function refusalOf(error: unknown, path: string): unknown {
  const code = codeOf(error)
  if (code === null) return error
  const [message, hint] = wordsOf(code, path)
  return new RegisterRefused(message, hint, { cause: error })
}

function wordsOf(code: string, path: string): readonly [message: string, hint: string] {
  if (code === 'SQLITE_NOTADB') {
    return [
      `The file ${path} does not open with this key, or is not a register.`,
      `Enter the recovery code of this register. ${RESTORE}`,
    ]
  }
  if (code.startsWith('SQLITE_CORRUPT')) return [`The register in ${path} is damaged.`, RESTORE]
  if (code.startsWith('SQLITE_BUSY')) {
    return [`The register in ${path} is in use by another process.`, 'Wait until it has finished, then try again.']
  }
  return [
    `The file ${path} cannot be opened (${code}).`,
    'Check that the folder exists, that this user may read and write it, and that the disk is not full.',
  ]
}

function codeOf(error: unknown): string | null {
  return error instanceof Sqlite.SqliteError ? error.code : null
}

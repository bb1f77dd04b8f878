import { closeSync, openSync, readSync, statSync } from 'node:fs'

import Sqlite from 'better-sqlite3'

import { RegisterRefused } from './migrate.ts'

const RESTORE = 'Restore the newest backup: castellan restore.'

/** Bytes of a page, as the cipher has it. */
const PAGE = 4096

/** Encrypted bytes are evenly spread: a page of them lacks one of the 256 values once in 30,000 pages. */
const FEWEST_VALUES = 200

/**
 * Throws `RegisterRefused` for a file that can be no register, whatever the key: SQLite would take one that is empty or
 * cut short for a new database and write over it. The path must exist.
 */
export function checkRegisterFile(path: string): void {
  const file = statSync(path)
  if (!file.isFile()) throw new RegisterRefused(`${path} is not a file, so it is not a register.`, RESTORE)
  if (file.size === 0) throw new RegisterRefused(`The file ${path} is empty (0 bytes): it is not a register.`, RESTORE)
  if (file.size < PAGE) throw notRegister(path)
}

/**
 * Throws `RegisterRefused` for a file that is not encrypted, which no key opens. Not for a register that this process has
 * open: by the rules of POSIX, closing any descriptor of a file drops every lock that the process holds on it.
 */
export function checkEncrypted(path: string): void {
  const page = Buffer.alloc(PAGE)
  const file = openSync(path, 'r')
  try {
    readSync(file, page)
  } finally {
    closeSync(file)
  }
  if (new Set(page).size < FEWEST_VALUES) throw notRegister(path)
}

function notRegister(path: string): RegisterRefused {
  return new RegisterRefused(`The file ${path} is not a register, or it is damaged.`, RESTORE)
}

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

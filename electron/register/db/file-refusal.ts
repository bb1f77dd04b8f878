import { closeSync, openSync, readSync, statSync } from 'node:fs'

import { RegisterRefused } from './migrate.ts'
import { machineWords, sqliteCode } from './sqlite-words.ts'

const RESTORE = 'Restore the newest backup: castellan restore.'

/** Bytes of a page, as the cipher has it. */
const PAGE = 4096

/** Encrypted bytes are evenly distributed: only one page in 30,000 lacks any of the 256 values. */
const FEWEST_VALUES = 200

/**
 * Throws `RegisterRefused` for a file that cannot be a register, whatever the key: SQLite would treat an empty or
 * truncated file as a new database and overwrite it. The path must exist.
 */
export function checkRegisterFile(path: string): void {
  const file = statSync(path)
  if (!file.isFile()) throw new RegisterRefused(`${path} is not a file, so it is not a register.`, RESTORE)
  if (file.size === 0) throw new RegisterRefused(`The file ${path} is empty (0 bytes): it is not a register.`, RESTORE)
  if (file.size < PAGE) throw notRegister(path)
}

/**
 * Throws `RegisterRefused` for a file that is not encrypted. Do not call it for a register that this process has open:
 * by POSIX rules, closing any descriptor of a file drops every lock that the process holds on it.
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

/** True if SQLite's error means that this key does not open the file as a database. */
export function isWrongKey(error: unknown): boolean {
  return sqliteCode(error) === 'SQLITE_NOTADB'
}

/** True if SQLite could not open a file for reading because it cannot write beside it. */
export function isUnwritablePlace(error: unknown): boolean {
  return /^SQLITE_(?:READONLY|CANTOPEN)/u.test(sqliteCode(error) ?? '')
}

/** The error of opening a register's file, worded for people. Errors that are not from SQLite stay unchanged. */
export function getRefusal(error: unknown, path: string): unknown {
  const code = sqliteCode(error)
  if (code === null) return error
  const [message, hint] = machineWords(error, path) ?? [
    `The file ${path} cannot be opened (${code}).`,
    'Check that the folder exists, that this user may read and write it, and that the disk is not full.',
  ]
  return new RegisterRefused(message, hint, { cause: error })
}

/** The error of reading or writing an open register, worded for people; an error about a statement stays unchanged. */
export function toFailure(error: unknown, path: string): unknown {
  const words = machineWords(error, path)
  return words === null ? error : new RegisterRefused(...words, { cause: error })
}

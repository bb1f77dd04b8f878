import { existsSync } from 'node:fs'

import Sqlite, { type Database } from 'better-sqlite3'

import { checkRegisterFile } from './file-refusal.ts'
import { findSqliteModule } from './sqlite-module.ts'

/**
 * Opens a register's file with its key (32 bytes), and reads a first page of it. Throws SQLite's error. Without `isChecked` a
 * damaged page is decrypted too, to wrong bytes: nothing that is read so may be kept.
 */
export function keyed(path: string, key: Uint8Array, readonly: boolean, isChecked = true): Database {
  if (key.length !== 32) throw new RangeError('A register key must have 32 bytes.')
  if (existsSync(path)) checkRegisterFile(path)
  const module = findSqliteModule()
  const options = { readonly, fileMustExist: readonly }
  const db = new Sqlite(path, module === null ? options : { ...options, nativeBinding: module })
  try {
    // A database in memory is not encrypted; SQLite refuses a key for it.
    if (path !== ':memory:') {
      db.pragma("cipher = 'sqlcipher'")
      if (!isChecked) db.pragma('hmac_check = 0')
      // A raw key in hex skips key derivation, since the key is already random; opening then takes about a millisecond.
      db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
    }
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** The problems that SQLite's integrity and foreign-key checks report; empty when the file is intact. */
export function fileProblems(db: Database): string[] {
  try {
    const integrity = db.prepare('PRAGMA integrity_check').pluck().all() as string[]
    const foreign = db.prepare('PRAGMA foreign_key_check').all() as { table: string; rowid: number; parent: string }[]
    return [
      ...integrity.filter((line) => line !== 'ok'),
      ...foreign.map((row) => `${row.table} row ${row.rowid} refers to a missing ${row.parent}`),
    ]
  } catch (error) {
    // A page that does not decrypt stops the check itself.
    if (error instanceof Sqlite.SqliteError) return [`The file cannot be read completely: ${error.message}.`]
    throw error
  }
}

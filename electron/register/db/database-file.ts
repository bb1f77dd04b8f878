import { existsSync } from 'node:fs'

import Sqlite, { type Database } from 'better-sqlite3'

import { checkRegisterFile } from './file-refusal.ts'

/** Opens the file of a register with its key (32 bytes), and reads a first page of it. Throws what SQLite says. */
export function keyed(path: string, key: Uint8Array, readonly: boolean): Database {
  if (key.length !== 32) throw new RangeError('A register key has 32 bytes.')
  if (existsSync(path)) checkRegisterFile(path)
  const db = new Sqlite(path, { readonly, fileMustExist: readonly })
  try {
    // What never reaches a disk is not encrypted; SQLite refuses a key for it.
    if (path !== ':memory:') {
      db.pragma("cipher = 'sqlcipher'")
      // A raw key in hex skips key derivation: the key is random already, and opening takes about a millisecond.
      db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
    }
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** What SQLite's integrity and foreign-key checks say against a file; empty when it is sound. */
export function fileProblems(db: Database): string[] {
  try {
    const integrity = db.prepare('PRAGMA integrity_check').pluck().all() as string[]
    const foreign = db.prepare('PRAGMA foreign_key_check').all() as { table: string; rowid: number; parent: string }[]
    return [
      ...integrity.filter((line) => line !== 'ok'),
      ...foreign.map((row) => `${row.table} row ${row.rowid} points at a missing ${row.parent}`),
    ]
  } catch (error) {
    // A page that does not decrypt stops the check itself.
    if (error instanceof Sqlite.SqliteError) return [`The file cannot be read to its end: ${error.message}.`]
    throw error
  }
}

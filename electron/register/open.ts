import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

import Sqlite, { type Database } from 'better-sqlite3'

import { handleOf, type Reader, type SlowQuery, type Writer } from './handles.ts'
import { migrate, pendingMigrations, RegisterRefused } from './migrate.ts'

export interface OpenRegisterOptions {
  readonly path: string
  /** 256-bit raw key. */
  readonly key: Uint8Array
  readonly now: () => number
  readonly onSlow?: (slow: SlowQuery) => void
}

/** An open register. One process writes; any number read. */
export interface Register {
  readonly path: string
  readonly reader: Reader
  /** Runs work in one transaction: all of it is kept or none. Bumps the revision. Throws on a register opened to read. */
  transact<T>(work: (writer: Writer) => T): T
  /** Changes whenever anything in the register does, by whichever process. */
  revision(): number
  /** SQLite's integrity and foreign-key checks; empty when sound. */
  check(): readonly string[]
  close(): void
}

/** Opens the register to write, making and migrating it as needed. Throws `RegisterRefused`. */
export function openRegister(options: OpenRegisterOptions): Register {
  mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 })
  const db = unlock(options, false)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    migrate(db, { now: options.now(), backup: () => backUp(db, options) })
  } catch (error) {
    db.close()
    throw error
  }
  return registerOf(db, options, true)
}

/** Opens an existing register read-only, beside a process that writes it. Throws `RegisterRefused`. */
export function openRegisterToRead(options: OpenRegisterOptions): Register {
  const db = unlock(options, true)
  try {
    if (pendingMigrations(db).length > 0) {
      throw new RegisterRefused(
        'The register was written by an older version of Castellan.',
        'Open it once in the window, or run a writing verb, so that it is brought up to date (a backup is made).',
      )
    }
  } catch (error) {
    db.close()
    throw error
  }
  return registerOf(db, options, false)
}

function unlock(options: OpenRegisterOptions, readonly: boolean): Database {
  if (options.key.length !== 32) throw new RangeError('A register key has 32 bytes.')
  const db = new Sqlite(options.path, { readonly, fileMustExist: readonly })
  try {
    // What never reaches a disk is not encrypted; SQLite refuses a key for it.
    if (options.path !== ':memory:') {
      db.pragma("cipher = 'sqlcipher'")
      // A raw key in hex skips key derivation: the key is random already, and opening takes about a millisecond.
      db.pragma(`key = "x'${Buffer.from(options.key).toString('hex')}'"`)
    }
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch (error) {
    db.close()
    throw new RegisterRefused(
      `The file ${options.path} does not open with this key, or is not a register.`,
      'Enter the recovery code of this register, or restore a backup from the backups folder of the profile.',
      { cause: error },
    )
  }
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 5000')
  db.pragma('temp_store = MEMORY')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  // 64 MiB of pages, decrypted once.
  db.pragma('cache_size = -65536')
  return db
}

function backUp(db: Database, options: OpenRegisterOptions): string {
  const folder = join(dirname(options.path), 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stamp = new Date(options.now()).toISOString().replaceAll(/[:.]/gu, '-')
  let path = join(folder, `register-${stamp}.db`)
  for (let n = 2; existsSync(path); n += 1) path = join(folder, `register-${stamp}-${n}.db`)
  db.prepare('VACUUM INTO ?').run(path)
  return path
}

function registerOf(db: Database, options: OpenRegisterOptions, writable: boolean): Register {
  const handle = handleOf(db, options.onSlow ?? (() => undefined))
  const bump = writable
    ? db.prepare(
        "INSERT INTO meta (key, value) VALUES ('revision', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1",
      )
    : null
  return {
    path: options.path,
    reader: handle,
    transact: (work) => {
      if (!bump)
        throw new RegisterRefused(
          'The register was opened to read.',
          'Close the other window or command that writes to this profile.',
        )
      return db
        .transaction(() => {
          const result = work(handle)
          bump.run()
          return result
        })
        .immediate()
    },
    revision: () => Number(handle.value<string>("SELECT value FROM meta WHERE key = 'revision'") ?? 0),
    check: () => {
      const integrity = db.prepare('PRAGMA integrity_check').pluck().all() as string[]
      const foreign = db.prepare('PRAGMA foreign_key_check').all() as { table: string; rowid: number; parent: string }[]
      return [
        ...integrity.filter((line) => line !== 'ok'),
        ...foreign.map((row) => `${row.table} row ${row.rowid} points at a missing ${row.parent}`),
      ]
    },
    close: () => {
      if (writable) db.pragma('optimize')
      db.close()
    },
  }
}

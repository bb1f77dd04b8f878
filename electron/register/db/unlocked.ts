import type { Database } from 'better-sqlite3'

import { keyed } from './database-file.ts'
import { addFunctions } from './functions.ts'
import { makeReader, type Reader } from './handles.ts'

export interface RegisterFile {
  readonly path: string
  /** 256-bit raw key. */
  readonly key: Uint8Array
}

const MIB = 1 << 20

/** How much of the file a connection keeps decrypted, unless it needs less. */
export const CACHE_BYTES = 64 * MIB

/** How long a statement waits for another process that writes. */
export const BUSY_TIMEOUT_MS = 5000

/** Opens the file of a register as every statement expects it. `cache` is how much of it is kept decrypted. Throws SQLite's error. */
export function unlocked(
  { path, key }: RegisterFile,
  { readonly, cache = CACHE_BYTES }: { readonly readonly: boolean; readonly cache?: number },
): Database {
  const db = keyed(path, key, readonly)
  try {
    db.pragma('foreign_keys = ON')
    // Without it, REPLACE deletes a row without firing the triggers that protect the journal.
    db.pragma('recursive_triggers = ON')
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
    db.pragma('temp_store = MEMORY')
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    addFunctions(db)
    db.pragma(`cache_size = -${cache / 1024}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * A connection that only reads, for a thread beside the service, which has opened and checked the register before. Most
 * such work reads its rows about once, so it keeps little of it (`cache`, bytes). Throws SQLite's error.
 */
export function openReader(
  file: RegisterFile,
  cache = 8 * MIB,
): { readonly reader: Reader; readonly close: () => void } {
  const db = unlocked(file, { readonly: true, cache })
  return { reader: makeReader(db, {}), close: () => void db.close() }
}

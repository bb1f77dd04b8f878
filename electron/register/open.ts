import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { Database } from 'better-sqlite3'

import { copyRegister, freePath } from './db/backup.ts'
import { makeWriter } from './db/handles.ts'
import { migrate } from './db/migrate.ts'
import { keepRegisterPrivate } from './db/private-register.ts'
import { deriveAgain } from './derive-again.ts'
import { makeRegister, type OpenRegisterOptions, prepared, type Register } from './register.ts'

/** Opens the register to write, creating and migrating it as needed. Throws `RegisterRefused`. */
export function openRegister(options: OpenRegisterOptions): Register {
  mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 })
  const db = prepared(options, false, (db) => {
    keepRegisterPrivate(options.path)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    migrate(db, { now: options.now(), backup: () => backUp(db, options) })
    db.transaction(() => deriveAgain(makeWriter(db, {}))).immediate()
  })
  return makeRegister(db, options, true)
}

/** Before a migration changes it. */
function backUp(db: Database, options: OpenRegisterOptions): string {
  const folder = join(dirname(options.path), 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return copyRegister(db, options.key, freePath(folder, 'register', options.now())).path
}

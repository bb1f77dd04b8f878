import { createHash } from 'node:crypto'

import type { Database } from 'better-sqlite3'

import { SCHEMA } from '../schema/schema.ts'
import { machineWords } from './sqlite-words.ts'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** All migrations in order. Released ones are never edited: their hash is kept in the file and compared at every open. */
export const MIGRATIONS: readonly Migration[] = [{ version: 1, name: 'schema', sql: SCHEMA }]

/** The file cannot be used as it is; nothing in it was changed. `hint` states what to do. */
export class RegisterRefused extends Error {
  override readonly name = 'RegisterRefused'
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.hint = hint
  }
}

export function migrationHash(migration: Migration): string {
  return createHash('sha256').update(`${migration.version}\n${migration.name}\n${migration.sql}`).digest('hex')
}

interface MigrationRow {
  readonly version: number
  readonly name: string
  readonly hash: string
}

/**
 * The migrations still to be applied to a file. Throws `RegisterRefused` for a file from a newer version or one whose
 * history differs from this version's.
 */
export function pendingMigrations(db: Database, known: readonly Migration[] = MIGRATIONS): readonly Migration[] {
  const applied = appliedMigrations(db)
  for (const [index, row] of applied.entries()) {
    const migration = known[index]
    if (!migration) {
      throw new RegisterRefused(
        `The register was written by a newer version of Castellan (its schema is ${applied.at(-1)?.version}, this one knows ${known.length}).`,
        'Install the newer version. The file was not touched.',
      )
    }
    if (row.version !== migration.version || row.hash !== migrationHash(migration)) {
      throw new RegisterRefused(
        `The register's history differs from this version's at migration ${row.version} (${row.name}).`,
        'Open it with the version that wrote it, or restore a backup: castellan restore. The file was not touched.',
      )
    }
  }
  return known.slice(applied.length)
}

function appliedMigrations(db: Database): readonly MigrationRow[] {
  const exists = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'").get()
  return exists
    ? (db.prepare('SELECT version, name, hash FROM migration ORDER BY version').all() as MigrationRow[])
    : []
}

/**
 * Applies all migrations in one transaction, so that a register is at its former state or at the newest. `backup` is
 * called once before the first migration touches a file that already holds data, and returns the backup's path, which a
 * failure names.
 */
export function migrate(
  db: Database,
  options: { readonly now: number; readonly backup: () => string; readonly known?: readonly Migration[] },
): void {
  const pending = pendingMigrations(db, options.known ?? MIGRATIONS)
  if (pending.length === 0) return
  const isFresh = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined
  const backup = isFresh ? null : options.backup()
  const names = pending.map(({ version, name }) => `${version} (${name})`)
  const all =
    names.length === 1
      ? `Migration ${names[0]} failed and was rolled back.`
      : `Migrations ${names[0]} to ${names.at(-1)} failed and were rolled back.`
  // A check that they leave for the end of the transaction belongs to none of them alone.
  refusing(db, all, backup, () =>
    db
      .transaction(() => {
        for (const [index, migration] of pending.entries()) {
          refusing(db, `Migration ${names[index]} failed and was rolled back.`, backup, () =>
            applyOne(db, migration, options.now),
          )
        }
      })
      .immediate(),
  )
}

function getMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function applyOne(db: Database, migration: Migration, now: number): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  )
  db.exec(migration.sql)
  db.prepare('INSERT INTO migration (version, name, hash, applied_at) VALUES (?, ?, ?, ?)').run(
    migration.version,
    migration.name,
    migrationHash(migration),
    now,
  )
}

function refusing(db: Database, what: string, backup: string | null, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof RegisterRefused) throw error
    const [cause, hint] = machineWords(error, db.name) ?? [
      getMessage(error),
      'This is a defect of Castellan: please report it.',
    ]
    const state =
      backup === null ? 'The new register was not created.' : `The register was not changed; a backup is at ${backup}.`
    throw new RegisterRefused(`${what} ${cause}`, `${hint} ${state}`, { cause: error })
  }
}

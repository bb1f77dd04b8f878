import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Sqlite, { type Database } from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'

import {
  type Migration,
  migrate,
  migrationHash,
  MIGRATIONS,
  pendingMigrations,
  RegisterRefused,
} from '../../../../electron/register/db/migrate.ts'
import { openRegisterToRead } from '../../../../electron/register/register.ts'
import { openRegister } from '../../../../electron/register/open.ts'
import { KEY } from '../registers.ts'

const open: Database[] = []
afterEach(() => {
  for (const db of open.splice(0)) db.close()
})

function newDb(): Database {
  const db = new Sqlite(':memory:')
  open.push(db)
  return db
}

const ONE: Migration = { version: 1, name: 'one', sql: 'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);' }
const TWO: Migration = { version: 2, name: 'two', sql: 'CREATE TABLE b (y INTEGER) STRICT;' }
const BROKEN: Migration = {
  version: 3,
  name: 'broken',
  sql: 'DELETE FROM a; CREATE TABLE c (z); INSERT INTO nowhere VALUES (1);',
}

const tables = (db: Database): unknown[] =>
  db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all()

/** Applies migrations to a file, counting the requested backups. */
function apply(db: Database, known: readonly Migration[]): number {
  let backups = 0
  migrate(db, {
    now: 42,
    known,
    backup: () => {
      backups += 1
      return '/backups/one.db'
    },
  })
  return backups
}

/** The message and the hint of a refusal. */
function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof RegisterRefused) return `${error.message} ${error.hint}`
    throw error
  }
  throw new Error('It was not refused.')
}

describe('migrations', () => {
  it('create a new register without a backup, since there is nothing to back up', () => {
    const db = newDb()
    expect(apply(db, [ONE, TWO])).toBe(0)
    expect(tables(db)).toEqual(['a', 'b', 'migration'])
    expect(db.prepare('SELECT version, name, hash, applied_at FROM migration').all()).toEqual([
      { version: 1, name: 'one', hash: migrationHash(ONE), applied_at: 42 },
      { version: 2, name: 'two', hash: migrationHash(TWO), applied_at: 42 },
    ])
  })

  it('bring an existing register up to date after one backup, and leave a current one unchanged', () => {
    const db = newDb()
    apply(db, [ONE])
    expect(apply(db, [ONE])).toBe(0)
    expect(pendingMigrations(db, [ONE, TWO, BROKEN])).toEqual([TWO, BROKEN])
    expect(apply(db, [ONE, TWO])).toBe(1)
    expect(db.prepare('SELECT x FROM a').pluck().all()).toEqual([1])
  })

  it('leave an existing register unchanged when the third of several fails, and name it and the backup', () => {
    const db = newDb()
    apply(db, [ONE])
    const before = db.prepare('SELECT name, sql FROM sqlite_schema').all()
    const said = refusal(() =>
      apply(db, [ONE, TWO, { ...TWO, version: 3, name: 'three', sql: 'DROP TABLE b' }, { ...BROKEN, version: 4 }]),
    )
    expect(said).toContain('Migration 4 (broken) failed and was rolled back.')
    expect(said).toContain('The register was not changed; a backup is at /backups/one.db.')
    expect(db.prepare('SELECT name, sql FROM sqlite_schema').all()).toEqual(before)
    expect(db.prepare('SELECT x FROM a').pluck().all()).toEqual([1])
    expect(pendingMigrations(db, [ONE, TWO, BROKEN])).toEqual([TWO, BROKEN])
  })

  it('leave an existing register unchanged when the end of the transaction refuses what they left', () => {
    const db = newDb()
    db.pragma('foreign_keys = ON')
    apply(db, [ONE])
    const orphan = `CREATE TABLE d (id INTEGER PRIMARY KEY, x INTEGER REFERENCES d (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
      INSERT INTO d VALUES (1, 2);`
    const said = refusal(() => apply(db, [ONE, TWO, { version: 3, name: 'orphan', sql: orphan }]))
    expect(said).toContain(
      'Migrations 2 (two) to 3 (orphan) failed and were rolled back. FOREIGN KEY constraint failed',
    )
    expect(tables(db)).toEqual(['a', 'migration'])
  })

  it('leave nothing behind when the first one fails', () => {
    const db = newDb()
    expect(refusal(() => apply(db, [{ ...BROKEN, version: 1 }]))).toContain('The new register was not created.')
    expect(tables(db)).toEqual([])
  })

  it('refuse a file from a newer version without changing it', () => {
    const db = newDb()
    apply(db, [ONE, TWO])
    expect(refusal(() => apply(db, [ONE]))).toContain('its schema is 2, this one knows 1')
    expect(tables(db)).toEqual(['a', 'b', 'migration'])
  })

  it.each([
    ['text', { ...ONE, sql: `${ONE.sql} ` }],
    ['name', { ...ONE, name: 'uno' }],
    ['number', { ...ONE, version: 7 }],
  ])('refuse a file whose applied migration has another %s', (_, other) => {
    const db = newDb()
    apply(db, [ONE])
    expect(refusal(() => apply(db, [other, TWO]))).toContain('history differs')
    expect(tables(db)).toEqual(['a', 'migration'])
  })

  it('refuse a file in which one was skipped', () => {
    const db = newDb()
    apply(db, [ONE, TWO])
    db.exec('DELETE FROM migration WHERE version = 1')
    expect(refusal(() => pendingMigrations(db, [ONE, TWO]))).toContain('history differs')
  })

  it('are numbered from 1 without a gap', () => {
    expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1))
    expect(new Set(MIGRATIONS.map((migration) => migration.name)).size).toBe(MIGRATIONS.length)
  })
})

describe('the schema', () => {
  it('is brought up to date by the next migration, which keeps what the register holds', () => {
    const db = newDb()
    apply(db, MIGRATIONS)
    db.exec("INSERT INTO client (slug, name, kind, colour, created_at) VALUES ('acme', 'Acme', 'client', '#000000', 0)")
    const next = { version: MIGRATIONS.length + 1, name: 'next', sql: 'ALTER TABLE client ADD COLUMN sector TEXT' }
    expect(apply(db, [...MIGRATIONS, next])).toBe(1)
    expect(db.prepare('SELECT slug, sector FROM client').all()).toEqual([{ slug: 'acme', sector: null }])
  })

  it('has only strict tables and no broken foreign key', () => {
    const db = newDb()
    migrate(db, { now: 0, backup: () => '' })
    const loose = db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'",
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
    expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([])
  })
})

describe('the backup that is made before a migration', () => {
  it('opens with the same key and has the contents of the register', () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-migrate-'))
    const path = join(folder, 'register.db')
    const first = openRegister({ path, key: KEY, now: () => 5 })
    first.transact((writer) => writer.run("INSERT INTO meta (key, value) VALUES ('mark', 'kept')"))
    first.close()
    forgetMigrations(path)

    expect(refusal(() => openRegisterToRead({ path, key: KEY, now: () => 6 }))).toContain('older version')
    expect(existsSync(join(folder, 'backups'))).toBe(false)
    // Making the tables again fails, like a broken migration.
    const said = refusal(() => openRegister({ path, key: KEY, now: () => 7 }))
    const [name, ...others] = readdirSync(join(folder, 'backups'))
    expect(others).toEqual([])
    const backup = join(folder, 'backups', name ?? '')
    expect(said).toContain(backup)
    expect(statSync(backup).mode & 0o777).toBe(0o600)

    const bytes = readFileSync(backup)
    expect(bytes.includes('SQLite format 3')).toBe(false)
    const copy = unlocked(backup)
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'mark'").pluck().get()).toBe('kept')
    expect(copy.prepare('PRAGMA integrity_check').pluck().get()).toBe('ok')
    const register = unlocked(path)
    expect(register.prepare("SELECT value FROM meta WHERE key = 'mark'").pluck().get()).toBe('kept')
  })
})

function unlocked(path: string): Database {
  const db = new Sqlite(path)
  open.push(db)
  db.pragma("cipher = 'sqlcipher'")
  db.pragma(`key = "x'${Buffer.from(KEY).toString('hex')}'"`)
  return db
}

function forgetMigrations(path: string): void {
  unlocked(path).exec('DELETE FROM migration')
}

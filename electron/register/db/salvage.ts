import Sqlite, { type Database } from 'better-sqlite3'

import { keyed } from './database-file.ts'
import { getRefusal } from './file-refusal.ts'
import { addFunctions } from './functions.ts'
import { makeWriter } from './handles.ts'
import { checkJournal, journalHead } from './journal.ts'
import { migrate, pendingMigrations, RegisterRefused } from './migrate.ts'
import { type Cell, listRowKeys, type PageImage, toPageImage } from './row-keys.ts'
import { indexAllForSearch } from './search-index.ts'

/** The rows of one table that were read. */
export interface SalvagedTable {
  readonly table: string
  readonly rows: number
  /** True if the whole table could be read; if not, it is unknown how many rows are missing. */
  readonly whole: boolean
}

export interface SalvagedRegister {
  readonly tables: readonly SalvagedTable[]
  /** The faults of the journal as it was read: missing rows, an end that is cut off. */
  readonly problems: readonly string[]
}

interface Column {
  readonly name: string
  /** Position in the primary key, from 1; 0 for other columns. */
  readonly pk: number
}

/** The tables that are derived again at the next opening: their rows, or those that they belong to, may be lost. */
const DERIVED = ['derive', 'tally']

/**
 * Copies what can be read of a damaged register to a new one at `path`, table by table and row by row, past pages that
 * do not decrypt. A row is copied unchanged or not at all. Search data is derived again, and all else that follows from
 * the facts when the register is opened; the journal goes on from the last row that was read. Throws `RegisterRefused`
 * where not even the list of tables can be read.
 */
export function salvage(from: string, path: string, key: Uint8Array, now: number): SalvagedRegister {
  const damaged = openDamaged(from, key)
  const to = keyed(path, key, false)
  let image: PageImage | null = null
  const getImage = () => (image ??= readImage(from, key))
  try {
    migrate(to, { now, backup: () => '' })
    addFunctions(to)
    const tables = toTables(to)
    const there = new Set(toTables(damaged))
    const guards = to.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
      name: string
      sql: string
    }[]
    to.pragma('foreign_keys = OFF')
    return to
      .transaction(() => {
        for (const { name } of guards) to.exec(`DROP TRIGGER ${name}`)
        const found = tables.map((table) => {
          to.exec(`DELETE FROM "${table}"`)
          return there.has(table) ? copyTable(damaged, to, table, getImage) : { table, rows: 0, whole: false }
        })
        const writer = makeWriter(to, {})
        const problems = checkJournal(writer).problems.map(({ says }) => says)
        // The note of the end forbids to go back, so it is set while no trigger guards it.
        const { seq, hash } = journalHead(writer)
        writer.run('DELETE FROM journal_head')
        writer.run('INSERT INTO journal_head (seq, hash) VALUES (?, ?)', [seq, hash])
        for (const { sql } of guards) to.exec(sql)
        indexAllForSearch(writer)
        for (const request of DERIVED) {
          writer.run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, 'again')", [request])
        }
        return { tables: found, problems }
      })
      .immediate()
  } finally {
    damaged.close()
    to.close()
  }
}

function openDamaged(from: string, key: Uint8Array): Database {
  try {
    const db = keyed(from, key, true)
    try {
      if (pendingMigrations(db).length > 0) {
        throw new RegisterRefused(
          'The damaged register was written by an older version and has to be brought up to date first.',
          'Restore a backup: castellan restore.',
        )
      }
      return db
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw getRefusal(error, from)
  }
}

/** Tables with data: not SQLite's own, and not the internal tables of a search index. */
function toTables(db: Database): readonly string[] {
  return db
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migration' ORDER BY name`,
    )
    .pluck()
    .all() as string[]
}

/**
 * Copies a table in one pass; where a page cannot be read, each row by its key. A key may be wrong, as where it was
 * read from a damaged page: its row is then not found, or copied once.
 */
function copyTable(from: Database, to: Database, table: string, getImage: () => PageImage): SalvagedTable {
  const known = listColumns(from, table)
  const columns = listColumns(to, table).filter(({ name }) => known.some((one) => one.name === name))
  const isNumbered = !isWithoutRowid(from, table)
  const own = isNumbered ? [ROW_NUMBER] : columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
  const key = own.map(({ name }) => `"${name}"`)
  const names = [...(isNumbered ? key : []), ...columns.map(({ name }) => `"${name}"`)]
  const insert = to.prepare(
    `INSERT OR IGNORE INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  // As whole numbers of any size, so that values are copied unchanged.
  const prepare = (rest: string) =>
    from
      .prepare<unknown[], Cell[]>(`SELECT ${names.join(', ')} FROM "${table}" ${rest}`)
      .safeIntegers()
      .raw()
  let rows = 0
  const all = prepare(`NOT INDEXED ORDER BY ${key.join(', ')}`).iterate()
  try {
    for (let next = tryRead(() => all.next()); next !== null; next = tryRead(() => all.next())) {
      if (next.done === true) return { table, rows, whole: true }
      rows += insert.run(...next.value).changes
    }
  } finally {
    // A register that is still being read cannot be closed, which would hide why the new file was not written.
    all.return?.()
  }
  // SQLite reaches a row of an inner page through the leaf before it (`one`) or through the leaf after it (`last`).
  const one = prepare(`WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`)
  const last = prepare(
    `WHERE (${key.join(', ')}) <= (${key.map(() => '?').join(', ')}) ORDER BY ${key.map((column) => `${column} DESC`).join(', ')} LIMIT 1`,
  )
  const root = from.prepare<[string], number>(ROOT).pluck().get(table) ?? 0
  for (const cells of listRowKeys(getImage(), root, key.length)) {
    const row = tryRead(() => one.get(...cells) ?? []) ?? tryRead(() => last.get(...cells) ?? []) ?? []
    if (row.length > 0) rows += insert.run(...row).changes
  }
  return { table, rows, whole: false }
}

const ROW_NUMBER = { name: 'rowid' }

/** The first page of a table's tree. */
const ROOT = "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?"

/** Null where an unreadable page is in the way. */
function tryRead<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return null
    throw error
  }
}

/** Decrypts all pages, also those that fail the check of their code. */
function readImage(from: string, key: Uint8Array): PageImage {
  const db = keyed(from, key, true, false)
  try {
    return toPageImage(db.serialize())
  } finally {
    db.close()
  }
}

function listColumns(db: Database, table: string): readonly Column[] {
  return db.prepare('SELECT name, pk FROM pragma_table_info(?)').all(table) as Column[]
}

function isWithoutRowid(db: Database, table: string): boolean {
  return db.prepare('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table) === 1
}

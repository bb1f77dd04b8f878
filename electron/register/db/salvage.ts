import Sqlite, { type Database } from 'better-sqlite3'

import { keyed } from './database-file.ts'
import { getRefusal } from './file-refusal.ts'
import { addFunctions } from './functions.ts'
import { makeWriter } from './handles.ts'
import { checkJournal, journalHead } from './journal.ts'
import { migrate, pendingMigrations, RegisterRefused } from './migrate.ts'
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
  readonly type: string
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
          return there.has(table) ? copyTable(damaged, to, table) : { table, rows: 0, whole: false }
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

type Cell = string | number | bigint | Buffer | null

/** A place in the order of a table's key: values of its first columns. */
interface KeyBound {
  readonly cells: readonly Cell[]
  /** `>=`: from there on, so that the first row behind an unreadable page is not lost; `>`: only behind it. */
  readonly from: '>' | '>=' | '<' | '<='
}

/** The bound before a place that is found behind an unreadable page. */
const BEFORE = { '>=': '<', '>': '<=' } as const

/** How a table is read in the order of its key. */
interface Walk {
  /** The columns of the order. */
  readonly key: readonly string[]
  /** The next readable place behind a row, or behind the beginning (null); null where none is found. */
  readonly next: (last: readonly Cell[] | null) => (KeyBound & { readonly from: keyof typeof BEFORE }) | null
  /** The key of the first row of a place; null where there is none, or it cannot be read. */
  readonly readKey: (place: KeyBound) => readonly Cell[] | null
}

/** A condition on rows, with a parameter for each cell of the place. */
function whereOf(key: readonly string[], { cells, from }: KeyBound): string {
  return `WHERE (${key.slice(0, cells.length).join(', ')}) ${from} (${cells.map(() => '?').join(', ')})`
}

/**
 * Copies a table in the order of its key, and continues behind each unreadable page. Rows before the first readable
 * place are searched for from the back.
 */
function copyTable(from: Database, to: Database, table: string): SalvagedTable {
  const known = listColumns(from, table)
  const columns = listColumns(to, table).filter(({ name }) => known.some((one) => one.name === name))
  const { key, next, readKey } = prepareWalk(from, table, columns)
  const names = [...(isUnnamed(columns, key) ? key : []), ...columns.map(({ name }) => `"${name}"`)]
  const insert = to.prepare(
    `INSERT OR IGNORE INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  let rows = 0
  /** Copies from a place on. Returns the last place that was read, and whether that was the end. */
  const take = (place: KeyBound | null, direction: 'ASC' | 'DESC' = 'ASC') => {
    let last: readonly Cell[] | null = null
    const where = place === null ? '' : whereOf(key, place)
    const order = key.map((column) => `${column} ${direction}`).join(', ')
    try {
      const read = from.prepare(`SELECT ${[...key, ...names].join(', ')} FROM "${table}" ${where} ORDER BY ${order}`)
      // As whole numbers of any size, so that values are copied unchanged.
      for (const row of read
        .safeIntegers()
        .raw()
        .iterate(...(place?.cells ?? [])) as IterableIterator<Cell[]>) {
        rows += insert.run(...row.slice(key.length)).changes
        last = row.slice(0, key.length)
      }
      return { last, ended: true }
    } catch (error) {
      if (error instanceof Sqlite.SqliteError) return { last, ended: false }
      throw error
    }
  }
  let { last, ended } = take(null)
  if (ended) return { table, rows, whole: true }
  while (!ended) {
    const place = next(last)
    if (place === null) break
    // The place may be further behind the page than its first readable row.
    take({ cells: place.cells, from: BEFORE[place.from] }, 'DESC')
    const further = take(place)
    ended = further.ended
    if (further.last !== null) last = further.last
    else if (!ended) {
      // The row of this place cannot be read whole, as where it goes on on an unreadable page: it alone is passed.
      const passed = readKey(place)
      if (passed === null) break
      last = passed
    }
  }
  if (!ended) take(null, 'DESC')
  return { table, rows, whole: false }
}

/**
 * True if no column of a table has its row number. The number is then copied beside the columns, since a row may be read twice
 * and is copied once.
 */
function isUnnamed(columns: readonly Column[], key: readonly string[]): boolean {
  const [own, ...others] = columns.filter(({ pk }) => pk > 0)
  return key[0] === ROW_NUMBER && !(own?.type === 'INTEGER' && others.length === 0)
}

const ROW_NUMBER = '"rowid"'

function prepareWalk(db: Database, table: string, columns: readonly Column[]): Walk {
  const own = isWithoutRowid(db, table)
    ? columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
    : [{ name: 'rowid', type: 'INTEGER' }]
  const key = own.map(({ name }) => `"${name}"`)
  const isNumbered = own[0]?.type === 'INTEGER'
  /** The key of the first row of a place: null where there is none, undefined where it cannot be read. */
  const findKey = (place: KeyBound): readonly Cell[] | null | undefined => {
    try {
      const read = db.prepare(
        `SELECT ${key.join(', ')} FROM "${table}" ${whereOf(key, place)} ORDER BY ${key.join(', ')} LIMIT 1`,
      )
      return (
        (read
          .safeIntegers()
          .raw()
          .get(...place.cells) as Cell[] | undefined) ?? null
      )
    } catch (error) {
      if (error instanceof Sqlite.SqliteError) return undefined
      throw error
    }
  }
  const canRead = (place: KeyBound): boolean => findKey(place) !== undefined
  // Steps over values of the last column first, then over those of earlier columns where no step leads further.
  const next: Walk['next'] = (row) => {
    // Numbers of rows begin at 1; where the order begins with a text, its first readable row is not known.
    const last = row ?? (isNumbered ? [0] : [])
    for (let at = key.length - 1; at >= 0; at -= 1) {
      const before = last.slice(0, at)
      const value = last[at]
      if (typeof value === 'number' || typeof value === 'bigint') {
        const toPlace = (number: number) => ({ cells: [...before, number], from: '>=' }) as const
        const found = nextNumber(Number(value), (number) => canRead(toPlace(number)))
        if (found !== null) return toPlace(found)
      } else if (at > 0) {
        const behind = { cells: before, from: '>' } as const
        if (canRead(behind)) return behind
      }
    }
    return null
  }
  return { key, next, readKey: (place) => findKey(place) ?? null }
}

/** No register on a real machine has larger row or key numbers. */
const MOST_NUMBER = 2 ** 40

/** More rows than a page has, so that no readable page between two others is stepped over. */
const NEAR = 1024

/**
 * The least number above the given one from which a row can be read: tries the near ones one by one, then doubles the step
 * and halves it.
 */
function nextNumber(last: number, canRead: (at: number) => boolean): number | null {
  for (let step = 1; step <= NEAR; step += 1) if (canRead(last + step)) return last + step
  let step = NEAR
  while (last + step < MOST_NUMBER && !canRead(last + step)) step *= 2
  if (last + step >= MOST_NUMBER) return null
  let [bad, good] = [Math.floor(step / 2), step]
  while (good - bad > 1) {
    const middle = Math.floor((bad + good) / 2)
    if (canRead(last + middle)) good = middle
    else bad = middle
  }
  return last + good
}

function listColumns(db: Database, table: string): readonly Column[] {
  return db.prepare('SELECT name, type, pk FROM pragma_table_info(?)').all(table) as Column[]
}

function isWithoutRowid(db: Database, table: string): boolean {
  return db.prepare('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table) === 1
}

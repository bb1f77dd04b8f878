import type { Database, Statement } from 'better-sqlite3'

export type Value = string | number | null | Uint8Array
export type Params = Readonly<Record<string, Value>> | readonly Value[]

/**
 * Reads the register. Statements are prepared once for each connection and kept. A reader cannot write: it has no such
 * methods, a statement that writes is refused, and a reading process also opens the file read-only.
 */
export interface Reader {
  all<T>(sql: string, params?: Params): readonly T[]
  get<T>(sql: string, params?: Params): T | undefined
  /** The first column of the first row. */
  value<T>(sql: string, params?: Params): T | undefined
  /** The first column of all rows. */
  column<T>(sql: string, params?: Params): T[]
  iterate<T>(sql: string, params?: Params): IterableIterator<T>
}

/** Writes the register; only `transact` of the register module provides one. */
export interface Writer extends Reader {
  run(sql: string, params?: Params): { readonly changes: number; readonly lastId: number }
  /** A statement to run many times; each run returns how many rows it changed. */
  prepare(sql: string): (params: Params) => number
}

export interface SlowQuery {
  readonly sql: string
  readonly ms: number
}

/** Queries slower than this, in milliseconds, are reported, since the window would feel slow. */
export const SLOW_QUERY_MS = 200

/** Measures queries: `onSlow` is called for a slow one; `clock` returns milliseconds that never go back. */
export interface QueryWatch {
  readonly onSlow?: (slow: SlowQuery) => void
  readonly clock?: () => number
  /** Returns the error to throw in place of a statement's error. */
  readonly toError?: (error: unknown) => unknown
}

/** The reading handle. Each of its methods refuses a statement that would write. */
export function makeReader(db: Database, watch: QueryWatch): Reader {
  return readingMethods(makeStatements(db, true), watch)
}

/** The writing handle. Reading through it sees what its transaction has written so far. */
export function makeWriter(db: Database, watch: QueryWatch): Writer {
  const statements = makeStatements(db, false)
  return {
    ...readingMethods(statements, watch),
    run: (sql, params = []) =>
      timed(watch, sql, () => {
        const { changes, lastInsertRowid } = statements.whole(sql).run(params)
        return { changes, lastId: Number(lastInsertRowid) }
      }),
    prepare: (sql) => {
      const statement = statements.whole(sql)
      return (params) => attempted(watch, () => statement.run(params).changes)
    },
  }
}

interface Statements {
  readonly whole: (sql: string) => Statement
  /** Returns the first column instead of rows. */
  readonly plucked: (sql: string) => Statement
}

function makeStatements(db: Database, readonly: boolean): Statements {
  const cached = (prepare: (sql: string) => Statement): ((sql: string) => Statement) => {
    const known = new Map<string, Statement>()
    return (sql) => {
      const statement = known.get(sql) ?? prepare(sql)
      known.set(sql, statement)
      return statement
    }
  }
  const prepare = (sql: string): Statement => {
    const statement = db.prepare(sql)
    if (readonly && !statement.readonly) throw new TypeError(`A reader cannot write: ${sql}`)
    return statement
  }
  return { whole: cached(prepare), plucked: cached((sql) => prepare(sql).pluck()) }
}

function readingMethods({ whole, plucked }: Statements, watch: QueryWatch): Reader {
  return {
    all: <T>(sql: string, params: Params = []) => timed(watch, sql, () => whole(sql).all(params) as T[]),
    get: <T>(sql: string, params: Params = []) => timed(watch, sql, () => whole(sql).get(params) as T | undefined),
    value: <T>(sql: string, params: Params = []) => timed(watch, sql, () => plucked(sql).get(params) as T | undefined),
    column: <T>(sql: string, params: Params = []) => timed(watch, sql, () => plucked(sql).all(params) as T[]),
    iterate: <T>(sql: string, params: Params = []) =>
      iterated(watch, () => whole(sql).iterate(params) as IterableIterator<T>),
  }
}

function timed<T>(watch: QueryWatch, sql: string, work: () => T): T {
  const { onSlow, clock = () => performance.now() } = watch
  const before = clock()
  const result = attempted(watch, work)
  const ms = clock() - before
  if (ms > SLOW_QUERY_MS) onSlow?.({ sql, ms })
  return result
}

function attempted<T>({ toError }: QueryWatch, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toError === undefined ? error : toError(error)
  }
}

/** Rows one by one. Each is read when it is requested, so any of them may fail. */
function* iterated<T>({ toError }: QueryWatch, open: () => IterableIterator<T>): Generator<T> {
  try {
    for (const row of open()) yield row
  } catch (error) {
    throw toError === undefined ? error : toError(error)
  }
}

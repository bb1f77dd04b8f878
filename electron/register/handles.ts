import type { Database, Statement } from 'better-sqlite3'

export type Value = string | number | null | Uint8Array
export type Params = Readonly<Record<string, Value>> | readonly Value[]

/**
 * Reads the register. Statements are prepared once for each connection and kept. A reader has no way to write: the
 * methods are not there, and the file behind a reading process is opened read-only besides.
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

/** Writes the register; only `transact` of the register module hands one out. */
export interface Writer extends Reader {
  run(sql: string, params?: Params): { readonly changes: number; readonly lastId: number }
  /** A statement to be run many times. */
  prepare(sql: string): (params: Params) => void
}

export interface SlowQuery {
  readonly sql: string
  readonly ms: number
}

/** A query slower than this, in milliseconds, is reported: it would be felt in the window. */
export const SLOW_QUERY_MS = 200

export function handleOf(db: Database, onSlow: (slow: SlowQuery) => void): Writer {
  const statements = new Map<string, Statement>()
  const plucked = new Map<string, Statement>()
  const prepared = (sql: string, cache: Map<string, Statement>): Statement => {
    const known = cache.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    if (cache === plucked) statement.pluck()
    cache.set(sql, statement)
    return statement
  }
  const timed = <T>(sql: string, work: () => T): T => {
    const before = performance.now()
    const result = work()
    const ms = performance.now() - before
    if (ms > SLOW_QUERY_MS) onSlow({ sql, ms })
    return result
  }
  return {
    all: <T>(sql: string, params: Params = []) => timed(sql, () => prepared(sql, statements).all(params) as T[]),
    get: <T>(sql: string, params: Params = []) => prepared(sql, statements).get(params) as T | undefined,
    value: <T>(sql: string, params: Params = []) =>
      timed(sql, () => prepared(sql, plucked).get(params) as T | undefined),
    column: <T>(sql: string, params: Params = []) => timed(sql, () => prepared(sql, plucked).all(params) as T[]),
    iterate: <T>(sql: string, params: Params = []) => prepared(sql, statements).iterate(params) as IterableIterator<T>,
    run: (sql, params = []) =>
      timed(sql, () => {
        const { changes, lastInsertRowid } = prepared(sql, statements).run(params)
        return { changes, lastId: Number(lastInsertRowid) }
      }),
    prepare: (sql) => {
      const statement = prepared(sql, statements)
      return (params) => {
        statement.run(params)
      }
    },
  }
}

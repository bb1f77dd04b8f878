import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import Sqlite from 'better-sqlite3'

/** A read of a table from end to end, by one of its indexes or (null) by the table itself. */
export interface Scan {
  readonly table: string
  readonly index: string | null
}

/** One statement that ran. */
export interface Watched {
  readonly sql: string
  /** The file of the product that ran it first, from `electron/`: `register/keys/keys.ts`. */
  readonly file: string
  readonly scans: readonly Scan[]
}

interface Opcode {
  readonly opcode: string
  readonly p1: number
  readonly p2: number
  readonly p3: number
}

type Run = (this: Sqlite.Statement, ...params: unknown[]) => unknown

const RUNS = ['all', 'get', 'iterate', 'run'] as const
type Methods = Record<(typeof RUNS)[number], Run>

/** Begins at the first or last entry of a table or an index, or counts them. */
const FROM_AN_END = new Set(['Rewind', 'Last', 'Count'])

/**
 * Explains each statement of the product that runs on any connection of this thread, when it runs first, with the values that
 * it got: its temporary tables exist only then. A statement is known by its text.
 */
export function watchStatements(): { readonly statements: ReadonlyMap<string, Watched>; readonly close: () => void } {
  const statements = new Map<string, Watched>()
  const known = new Set<string>()
  const watch = ({ source: sql, database }: Sqlite.Statement, params: unknown[], { all }: Methods): void => {
    if (known.has(sql) || !/^\s*(?:SELECT|WITH|INSERT|REPLACE|UPDATE|DELETE)\b/iu.test(sql)) return
    const file = findFile()
    if (file === null) return
    known.add(sql)
    const read: Read = (text, own = []) => all.apply(database.prepare(text), own) as readonly never[]
    statements.set(sql, { sql, file, scans: findScans(read, sql, params) })
  }
  const close = aroundRuns((run, statement, params, methods) => {
    watch(statement, params, methods)
    return run()
  })
  return { statements, close }
}

/** Rows that left SQLite. */
export interface CountedRows {
  /** Rows of several columns. */
  rows: number
  /** Values of statements of one column, such as the ids of a list in order. */
  values: number
}

/** Counts the rows that statements on any connection of this thread return; each row of an iteration when it is read. */
export function countRows(): { readonly counted: CountedRows; readonly close: () => void } {
  const counted: CountedRows = { rows: 0, values: 0 }
  const count = (row: unknown): void => {
    if (row === undefined) return
    const isRow = typeof row === 'object' && row !== null && !(row instanceof Uint8Array) && Object.keys(row).length > 1
    counted[isRow ? 'rows' : 'values'] += 1
  }
  function* each(rows: Iterable<unknown>): Generator {
    for (const row of rows) {
      count(row)
      yield row
    }
  }
  const close = aroundRuns((run, { reader }, _, __, name) => {
    const result = run()
    if (!reader || name === 'run') return result
    if (name === 'iterate') return each(result as Iterable<unknown>)
    for (const row of name === 'all' ? (result as readonly unknown[]) : [result]) count(row)
    return result
  })
  return { counted, close }
}

type Around = (
  run: () => unknown,
  statement: Sqlite.Statement,
  params: unknown[],
  methods: Methods,
  name: keyof Methods,
) => unknown

/** Puts a function around each run of a statement in this thread. Returns what takes it away; the last one goes first. */
function aroundRuns(around: Around): () => void {
  const memory = new Sqlite(':memory:')
  const methods = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Methods
  memory.close()
  const before = { ...methods }
  for (const name of RUNS) {
    methods[name] = function (...params) {
      return around(() => before[name].apply(this, params), this, params, before, name)
    }
  }
  return () => void Object.assign(methods, before)
}

type Read = <T>(sql: string, params?: unknown[]) => readonly T[]

/**
 * The query plan has the alias of what it scans, and the program of the statement the pages of tables that are read from an
 * end: together they are the table.
 */
function findScans(read: Read, sql: string, params: unknown[]): readonly Scan[] {
  const aliases = read<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params).flatMap(
    ({ detail }) => /^SCAN (?:main\.)?(\w+)\b(?! VIRTUAL)/u.exec(detail)?.[1] ?? [],
  )
  if (aliases.length === 0) return []
  const places = read<{ readonly root: number; readonly name: string; readonly tbl_name: string }>(
    'SELECT rootpage AS root, name, tbl_name FROM main.sqlite_schema WHERE rootpage > 0',
  ).map(({ root, name, tbl_name: table }) => [root, { table, index: name === table ? null : name }] as const)
  const byPage = new Map(places)
  const views = read<{ readonly sql: string }>("SELECT sql FROM main.sqlite_schema WHERE type = 'view'")
  const text = [sql, ...views.map((view) => view.sql)].join('\n')
  const program = read<Opcode>(`EXPLAIN ${sql}`, params)
  const opened = new Map(
    program
      .filter(({ opcode, p3 }) => /^(?:Open|Reopen)(?:Read|Write|Idx)$/u.test(opcode) && p3 === 0)
      .map(({ p1, p2 }) => [p1, byPage.get(p2)]),
  )
  const scans = program.flatMap(({ opcode, p1 }) => (FROM_AN_END.has(opcode) ? (opened.get(p1) ?? []) : []))
  // Foreign keys are part of the plan of an upsert, although it deletes no parent.
  const isUpsert = /^\s*INSERT\b/iu.test(sql)
  const isMeant = ({ table }: Scan): boolean =>
    aliases.some(
      (alias) =>
        (alias === table && !(isUpsert && !new RegExp(`\\b${table}\\b`, 'u').test(sql))) ||
        new RegExp(`\\b${table}"? (?:AS )?${alias}\\b`, 'u').test(text),
    )
  return [...new Set(scans.filter(isMeant))]
}

const PRODUCT = fileURLToPath(new URL('../../../electron/', import.meta.url))
const TESTS = fileURLToPath(new URL('../../', import.meta.url))

/** Files through which all statements run. */
const ROADS = new Set([
  fileURLToPath(import.meta.url),
  `${PRODUCT}register/db/handles.ts`,
  `${PRODUCT}register/db/rows.ts`,
])

/** The file of the product that runs a statement; null where a test runs it. */
function findFile(): string | null {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 30
  const { stack = '' } = new Error('Only for its stack.')
  Error.stackTraceLimit = stackTraceLimit
  const files = [...stack.matchAll(/(?:file:\/\/)?(\/[^\s():]+\.ts)/gu)].map(([, file = '']) => file)
  const own = files.find((file) => (file.startsWith(PRODUCT) || file.startsWith(TESTS)) && !ROADS.has(file))
  return own?.startsWith(PRODUCT) === true ? relative(PRODUCT, own) : null
}

import type { Value, Writer } from './handles.ts'

/** A column of a temporary table, as declared. */
interface ColumnDeclaration {
  readonly name: string
  readonly type: 'TEXT' | 'INTEGER' | 'INTEGER PRIMARY KEY'
}

/** A column of a temporary table of rows `T`, which were read `From` somewhere. */
export interface Column<T, From = void> extends ColumnDeclaration {
  /** The value of a row; left out where the column is filled after all rows are inserted. */
  value?(this: void, row: T, from: From): Value
}

/** A column of a temporary table that a statement fills; `sql` is what it selects. */
export interface SelectedColumn extends ColumnDeclaration {
  readonly sql: string
}

/** Columns named after what they select: `v.name` fills `name`. */
export function selectColumns(type: ColumnDeclaration['type'], ...selected: readonly string[]): SelectedColumn[] {
  return selected.map((sql) => ({ name: sql.replace(/^.*\./u, ''), type, sql }))
}

/** The columns as `CREATE TABLE` declares them. */
export function declareColumns(columns: readonly ColumnDeclaration[]): string {
  return columns.map(({ name, type }) => `${name} ${type}`).join(', ')
}

/** The columns as `SELECT` lists them. */
export function listSelected(columns: readonly SelectedColumn[]): string {
  return columns.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')
}

/** The statement that fills a temporary table, up to its `FROM`. */
export function insertSelect(table: string, columns: readonly SelectedColumn[]): string {
  return `INSERT INTO temp.${table} (${columns.map(({ name }) => name).join(', ')}) SELECT ${listSelected(columns)}`
}

/** Adds rows to a table; `end` writes those that still wait, and is called before the table is read. */
export interface RowInsert<T, From> {
  add(this: void, row: T, from: From): void
  end(this: void): void
}

/** Ten rows in one call take 0.6 of the time of ten calls; forty, no less. */
const ROWS_TOGETHER = 10

/**
 * Prepares an insert of rows into a table, in their order. `orIgnore`: a row whose key exists already is ignored. `before`
 * is called before rows are written, to write those of another table that they refer to.
 */
export function prepareInsert<T, From = void>(
  writer: Writer,
  table: string,
  columns: readonly Column<T, From>[],
  { orIgnore = true, before = () => undefined }: { readonly orIgnore?: boolean; readonly before?: () => void } = {},
): RowInsert<T, From> {
  const filled = columns.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]))
  const row = `(${filled.map(() => '?').join(', ')})`
  const prepare = (rows: number): ((params: readonly Value[]) => number) =>
    writer.prepare(
      `INSERT ${orIgnore ? 'OR IGNORE' : ''} INTO ${table} (${filled.map(({ name }) => name).join(', ')}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`,
    )
  const [one, together] = [prepare(1), prepare(ROWS_TOGETHER)]
  let waiting: Value[] = []
  return {
    add: (given, from) => {
      for (const { value } of filled) waiting.push(value(given, from))
      if (waiting.length < filled.length * ROWS_TOGETHER) return
      before()
      together(waiting)
      waiting = []
    },
    end: () => {
      before()
      for (let at = 0; at < waiting.length; at += filled.length) one(waiting.slice(at, at + filled.length))
      waiting = []
    },
  }
}

/** Inserts one row, by the names of its columns. Returns its id. */
export function insertRow(writer: Writer, table: string, row: Readonly<Record<string, Value>>): number {
  const columns = Object.keys(row)
  return writer.run(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
    row,
  ).lastId
}

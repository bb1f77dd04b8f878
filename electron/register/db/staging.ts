import type { Value, Writer } from './handles.ts'

/** A column of a temporary table, as declared. */
interface Declared {
  readonly name: string
  readonly type: 'TEXT' | 'INTEGER' | 'INTEGER PRIMARY KEY'
}

/** A column of a temporary table of rows `T`, which were read `From` somewhere. */
export interface Column<T, From = void> extends Declared {
  /** The value of a row; left out where the column is filled after all rows are inserted. */
  value?(this: void, row: T, from: From): Value
}

/** A column of a temporary table that a statement fills; `sql` is what it selects. */
export interface SelectedColumn extends Declared {
  readonly sql: string
}

/** Columns named after what they select: `v.name` fills `name`. */
export function selectColumns(type: Declared['type'], ...selected: readonly string[]): SelectedColumn[] {
  return selected.map((sql) => ({ name: sql.replace(/^.*\./u, ''), type, sql }))
}

/** The columns as `CREATE TABLE` declares them. */
export function declareColumns(columns: readonly Declared[]): string {
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

/** Prepares a statement that adds one row to a temporary table; a row whose key exists already is ignored. */
export function prepareInsert<T, From = void>(
  writer: Writer,
  table: string,
  columns: readonly Column<T, From>[],
): (row: T, from: From) => void {
  const filled = columns.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]))
  const insert = writer.prepare(
    `INSERT OR IGNORE INTO temp.${table} (${filled.map(({ name }) => name).join(', ')})
     VALUES (${filled.map(() => '?').join(', ')})`,
  )
  return (row, from) => {
    insert(filled.map(({ value }) => value(row, from)))
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

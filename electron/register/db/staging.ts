import type { Value, Writer } from './handles.ts'

/** A column of a temporary table of rows `T`, which were read `From` somewhere. */
export interface Column<T, From = void> {
  readonly name: string
  readonly type: 'TEXT' | 'INTEGER'
  /** What a row has in it; left out where it is filled in once all rows are there. */
  value?(row: T, from: From): Value
}

/** Makes a statement that adds one row to a temporary table; a row whose key is there already is left out. */
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

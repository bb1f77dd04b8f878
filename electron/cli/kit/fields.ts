import type { Field, JsonValue } from './listing.ts'
import type { Column } from './text/table.ts'
import { dayCell, isoTime, minuteCell } from './text/when.ts'

/** An instant: in JSON to the second, in the table its day. */
export function dayField<Row>(key: string, column: Column, at: (row: Row) => number | null): Field<Row> {
  return { key, json: (row) => isoTime(at(row)), column, cell: (row) => dayCell(at(row)) }
}

/** An instant with its minute. */
export function minuteField<Row>(key: string, column: Column, at: (row: Row) => number | null): Field<Row> {
  return { ...dayField(key, column, at), cell: (row) => minuteCell(at(row)) }
}

/** Values of a row that only JSON has, under their own names. */
export function plain<Key extends string>(...keys: readonly Key[]): Field<Readonly<Record<Key, JsonValue>>>[] {
  return keys.map((key) => ({ key, json: (row) => row[key] }))
}

/** The connection of a row, only in JSON. */
export const CONNECTION_FIELDS: readonly Field<{
  readonly connection: { readonly id: number; readonly label: string }
}>[] = [
  { key: 'connectionId', json: ({ connection }) => connection.id },
  { key: 'connection', json: ({ connection }) => connection.label },
]

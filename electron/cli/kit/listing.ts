import { plainJson } from '../../../shared/domain/text/visible-text.ts'
import { shown } from './text/shown.ts'
import type { Cell } from './text/cell.ts'
import { type Column, Table } from './text/table.ts'
import type { Run } from './run.ts'
import type { Terminal } from './terminal.ts'

export type JsonValue = string | number | boolean | null

/** One value of a row: its key in JSON, and its column in the table, if it has one. */
export interface Field<Row> {
  readonly key: string
  readonly json: (row: Row) => JsonValue
  readonly column?: Column
  /** The cell, where it is not the JSON value as text. */
  readonly cell?: (row: Row) => Cell
}

/** Rows in the order of the list, in slices. */
export type Slices<Row> = AsyncIterable<readonly Row[]>

export interface Listing<Row> {
  readonly fields: readonly Field<Row>[]
  /** Printed instead of a table without rows. */
  readonly empty: string
}

/** The size of one write: few system calls, and never a whole long list in memory. */
const CHUNK = 1 << 20
/** The size of the first: a screen of lines is there before the rest is made. */
const FIRST_CHUNK = 1 << 14

/** Rows that are read one by one are passed on together. */
const SLICE = 1000

export async function printJson<Row>(terminal: Terminal, listing: Listing<Row>, slices: Slices<Row>): Promise<void> {
  let text = '['
  let first = true
  for await (const rows of slices) {
    for (const row of rows) {
      text += `${first ? '\n' : ',\n'}${JSON.stringify(flat(listing.fields, row))}`
      first = false
      if (text.length >= CHUNK) {
        await terminal.out(plainJson(text))
        text = ''
      }
    }
  }
  await terminal.out(plainJson(`${text}${first ? '' : '\n'}]\n`))
}

/** The values of a row under their keys. */
export function flat<Row>(fields: readonly Field<Row>[], row: Row): Readonly<Record<string, JsonValue>> {
  const object: Record<string, JsonValue> = {}
  for (const field of fields) object[field.key] = field.json(row)
  return object
}

export async function printTable<Row>(terminal: Terminal, listing: Listing<Row>, slices: Slices<Row>): Promise<void> {
  const { columns, cells } = toCells(listing)
  const table = new Table(columns)
  for await (const rows of slices) for (const row of rows) table.add(cells(row))
  await printLines(terminal, table.isEmpty ? [listing.empty] : table.lines(terminal.columns))
}

/** The columns of a list, and the cells of a row. */
export function toCells<Row>(listing: Listing<Row>): {
  readonly columns: readonly Column[]
  readonly cells: (row: Row) => readonly Cell[]
} {
  const fields = listing.fields.filter((field) => field.column !== undefined)
  return {
    columns: fields.flatMap((field) => field.column ?? []),
    cells: (row) => fields.map((field) => toCell(field, row)),
  }
}

export function toCell<Row>(field: Field<Row>, row: Row): Cell {
  if (field.cell) return field.cell(row)
  const value = field.json(row)
  if (value === null || value === '') return '-'
  return typeof value === 'boolean' ? (value ? 'yes' : '-') : shown(String(value))
}

/** Lines as they are made; a whole long list of them is never in memory. */
export async function printLines(terminal: Terminal, lines: Iterable<string>): Promise<void> {
  await printLineSlices(terminal, [lines])
}

export async function printLineSlices(
  terminal: Terminal,
  slices: AsyncIterable<Iterable<string>> | readonly Iterable<string>[],
): Promise<void> {
  let text = ''
  let chunk = FIRST_CHUNK
  for await (const lines of slices) {
    for (const line of lines) {
      text += `${line}\n`
      if (text.length < chunk) continue
      await terminal.out(text)
      text = ''
      chunk = CHUNK
    }
  }
  await terminal.out(text)
}

/** Pieces of a text as they are made; only short ones are joined, since joined ones are in memory twice. */
export async function printPieces(terminal: Terminal, pieces: Iterable<string>): Promise<void> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < FIRST_CHUNK) continue
    await terminal.out(text)
    text = ''
  }
  await terminal.out(text)
}

/** Prints one object, for output that is not a list. */
export async function printObject(terminal: Terminal, value: object, shown?: readonly string[]): Promise<void> {
  await terminal.out(`${plainJson(JSON.stringify(value, null, 2), undefined, shown)}\n`, shown)
}

/** Prints the result: an object with --json, else lines. */
export async function printEither(
  run: Run,
  value: object,
  lines: readonly string[],
  shown?: readonly string[],
): Promise<void> {
  if (run.json) await printObject(run.terminal, value, shown)
  else await run.terminal.out(lines.map((line) => `${line}\n`).join(''), shown)
}

/** Prints a row after a change: its values with --json, else a sentence. */
export function printRow<Row>(run: Run, fields: readonly Field<Row>[], row: Row, sentence: string): Promise<void> {
  return printEither(run, flat(fields, row), [sentence])
}

export type ReadSlice<Row> = (slice: {
  readonly offset: number
  readonly limit: number
}) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>

/** A whole list that the service returns in slices. */
export async function* makeSlices<Row>(read: ReadSlice<Row>, limit: number): Slices<Row> {
  for (let offset = 0; ;) {
    const { rows, total } = await read({ offset, limit })
    yield rows
    offset += rows.length
    if (rows.length === 0 || offset >= total) return
  }
}

/** Rows that are read one by one. */
export async function* inSlices<Row>(rows: Iterable<Row>): Slices<Row> {
  let slice: Row[] = []
  for (const row of rows) {
    slice.push(row)
    if (slice.length < SLICE) continue
    yield slice
    slice = []
  }
  yield slice
}

export async function* once<Row>(rows: readonly Row[]): Slices<Row> {
  yield rows
}

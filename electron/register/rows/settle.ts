import type { Decision } from '../../../shared/decisions/fold.ts'
import type { Operation } from '../../../shared/decisions/operations.ts'
import { type CountingRow, toPlaced } from '../db/journal.ts'
import type { Writer } from '../db/handles.ts'
import { foldTable, toDecision } from './journal-fold.ts'
import { findDifferences, type StoredRow, type Values } from './proved-table.ts'
import type { TableOf } from './table-of.ts'
import { TABLES } from './tables.ts'

/** The numbers that the rows of an operation have in this register, by the fields of the body that hold them. */
export type Numbers = Readonly<Record<string, number>>

const BY_KIND = Map.groupBy(
  TABLES.flatMap((table) => table.settled.map((kind) => ({ kind, table }))),
  ({ kind }) => kind,
)

/** Writes what a decision makes of its rows, which counts after all that this register has folded. */
export function settleDecision(writer: Writer, operation: Operation): Numbers {
  // The audit log leaves out fields that are undefined.
  const given = Object.fromEntries(Object.entries(operation.body).filter(([, value]) => value !== undefined))
  const placed = { ...operation, body: given, placed: toPlaced(operation) }
  const numbers = (BY_KIND.get(operation.kind) ?? []).map(({ table }) => {
    const located = table.locate(writer, placed)
    const named = { ...placed, body: { ...placed.body, ...located } }
    const found = (table.each?.(writer, named) ?? [table.resolve(writer, named)]).map((one) =>
      settleRow(writer, table, one),
    )
    return Object.assign({}, located, ...found) as Numbers
  })
  return Object.assign({}, ...numbers) as Numbers
}

/** Returns the numbers of the row; none for a decision that its row does not allow, which its caller refuses then. */
function settleRow(writer: Writer, table: TableOf, decision: Decision): Numbers {
  const stored = table.readGroup(writer, decision)
  const there = stored.filter((row) => !table.isPutAway(row, writer))
  const rows = new Map(there.map(({ key, values }) => [key, values]))
  table.fold(rows, decision)
  for (const [key, values] of rows) if (!table.isStored(values)) rows.delete(key)
  const key = table.keyOf(decision, rows)
  const isChanged = rows.get(key) !== there.find((row) => row.key === key)?.values
  const row = writeRows(writer, table, { stored, there, rows }, decision).get(key)
  if (row === undefined || !isChanged) return {}
  table.keepLocal(writer, row.id, decision, rows)
  return table.findNumbers(writer, row, decision)
}

/** Makes the rows of the group of a decision what rows of the journal show, in the order that counts. Returns what they show. */
export function settleGroup(
  writer: Writer,
  table: TableOf,
  operation: Omit<Decision, 'placed'>,
  journal: Iterable<CountingRow>,
): ReadonlyMap<string, Values> {
  const decision = { ...operation, placed: toPlaced(operation) }
  const fold = foldTable(table)
  for (const row of journal) {
    const one = toDecision(row)
    if (one !== null) fold.take(one)
  }
  const stored = table.readGroup(writer, decision)
  const { rows } = fold.finish(writer)
  writeRows(writer, table, { stored, there: stored, rows }, null)
  return rows
}

interface GroupRows {
  readonly stored: readonly StoredRow[]
  /** Those that were not put away. */
  readonly there: readonly StoredRow[]
  readonly rows: ReadonlyMap<string, Values>
}

type NumberedRow = Pick<StoredRow, 'id' | 'values'>

/** Makes stored rows those that were folded. Returns both by their keys, with their numbers. */
function writeRows(
  writer: Writer,
  table: TableOf,
  { stored, there, rows }: GroupRows,
  decision: Decision | null,
): ReadonlyMap<string, NumberedRow> {
  const before = new Map(stored.map((row) => [row.key, row]))
  const written = new Map<string, NumberedRow>(there.map((row) => [row.key, row]))
  const changed = [...rows].filter(([key, values]) => {
    const known = before.get(key)?.values
    return known === undefined || (known !== values && findDifferences(known, values).length > 0)
  })
  // A decision itself leaves room for the rows that it changes.
  const isReplaced = decision === null && table.isReplaced
  const isChanged = new Set(changed.map(([key]) => key))
  for (const row of there) {
    if ((isReplaced && isChanged.has(row.key)) || !rows.has(row.key)) table.remove(writer, row, decision)
  }
  for (const [key, values] of changed) {
    const known = before.get(key)
    if (known !== undefined && !table.isHere(writer, values)) {
      // The row belongs to something else now, which this register does not have yet.
      if (!isReplaced) table.remove(writer, known, decision)
      written.delete(key)
      continue
    }
    const id = table.write(writer, before.get(key) ?? null, values, isReplaced)
    if (id !== null) written.set(key, { id, values })
  }
  return written
}

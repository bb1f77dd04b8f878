import type { Operation } from '../../../shared/decisions/operations.ts'
import { toPlaced } from '../db/journal.ts'
import type { Writer } from '../db/handles.ts'
import { findDifferences, type StoredRow, type Values } from './proved-table.ts'
import type { TableOf } from './table-of.ts'
import { todayTable } from './today.ts'
import { viewTable } from './views.ts'

/** The numbers that the rows of an operation have in this register, by the fields of the body that hold them. */
export type Numbers = Readonly<Record<string, number>>

/** The tables that follow from decisions alone. */
export const TABLES: readonly TableOf[] = [todayTable, viewTable]

const BY_KIND = Map.groupBy(
  TABLES.flatMap((table) => table.kinds.map((kind) => ({ kind, table }))),
  ({ kind }) => kind,
)

/** Writes what a decision makes of its rows, which counts after all that this register has folded. */
export function settleDecision(writer: Writer, operation: Operation): Numbers {
  const decision = { ...operation, placed: toPlaced(operation) }
  const numbers = (BY_KIND.get(operation.kind) ?? []).flatMap(({ table }) => {
    const stored = table.readGroup(writer, decision)
    const rows = new Map(stored.map(({ key, values }) => [key, values]))
    table.fold(rows, decision)
    const id = writeRows(writer, table, stored, rows).get(table.keyOf(decision))
    return id === undefined || table.number === null ? [] : [[table.number, id] as const]
  })
  return Object.fromEntries(numbers)
}

/** Makes stored rows those that were folded. Returns the numbers of both, by their keys. */
function writeRows(
  writer: Writer,
  { mend }: TableOf,
  stored: readonly StoredRow[],
  rows: ReadonlyMap<string, Values>,
): ReadonlyMap<string, number> {
  const before = new Map(stored.map((row) => [row.key, row]))
  const numbers = new Map(stored.map(({ key, id }) => [key, id]))
  const changed = [...rows].filter(([key, values]) => {
    const known = before.get(key)?.values
    return known === undefined || (known !== values && findDifferences(known, values).length > 0)
  })
  const isChanged = new Set(changed.map(([key]) => key))
  for (const row of stored) {
    if (!rows.has(row.key) || (mend.isReplaced === true && isChanged.has(row.key))) mend.remove(writer, row)
  }
  for (const [key, values] of changed) {
    const id = mend.write(writer, before.get(key) ?? null, values)
    if (typeof id === 'number') numbers.set(key, id)
  }
  return numbers
}

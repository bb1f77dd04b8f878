import type { Decision } from '../../../shared/decisions/fold.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { type CountingRow, toPlaced } from '../db/journal.ts'
import {
  differs,
  findDifferences,
  notInJournal,
  type ProofProblem,
  type StoredRow,
  type TableProof,
  type Values,
} from './proved-table.ts'
import type { TableOf } from './table-of.ts'
import { TABLES } from './tables.ts'

/** A table by the decisions of the journal. */
interface TableFold {
  readonly table: TableOf
  readonly take: (row: CountingRow) => void
  /** From here on, the register has rows that no decision made: those of the sample agency. */
  readonly invent: () => void
  /** The rows by their keys. Of those that no decision made, what was decided since is folded into what the register has. */
  readonly finish: (reader: Reader) => Folded
}

interface Folded {
  readonly rows: ReadonlyMap<string, Values>
  /** True if decisions made a row. */
  readonly isProved: (key: string) => boolean
}

export function foldTable(table: TableOf): TableFold {
  const groups = new Map<string, Map<string, Values>>()
  const late: Decision[] = []
  let isInvented = false
  const findGroup = (group: string): Map<string, Values> => {
    const rows = groups.get(group) ?? new Map<string, Values>()
    groups.set(group, rows)
    return rows
  }
  const fold = (decision: Decision): void => {
    try {
      table.fold(findGroup(table.groupOf(decision)), decision)
    } catch (error) {
      // A row of the journal that was changed outside the product may have any body: its hash shows the change.
      if (!(error instanceof TypeError)) throw error
    }
  }
  const adopt = (stored: Iterable<StoredRow>): ReadonlySet<string> => {
    const adopted = new Set<string>()
    // The journal has all of a row that a later decision made.
    const made = new Set(late.filter(({ kind }) => table.makes.has(kind)).map((one) => table.keyOf(one, new Map())))
    for (const { key, group, values } of stored) {
      const rows = findGroup(group)
      if (rows.has(key) || made.has(key)) continue
      rows.set(key, values)
      adopted.add(key)
    }
    return adopted
  }
  return {
    table,
    take: ({ action: kind, at, operator, client, subject, body, place = null }) => {
      const placed = toPlaced({ operator, place })
      const decision = { kind, at, operator, client, subject, placed, body: JSON.parse(body) as unknown }
      if (isInvented) late.push(decision)
      else fold(decision)
    },
    invent: () => {
      isInvented = true
    },
    finish: (reader) => {
      const adopted = isInvented ? adopt(table.rows(reader)) : new Set<string>()
      for (const decision of late.splice(0)) fold(decision)
      const rows = [...groups.values()].flatMap((group) => [...group])
      return {
        rows: new Map(rows.filter(([, row]) => table.isStored(row))),
        isProved: (key) => !adopted.has(key),
      }
    },
  }
}

/** Folds the decisions of the journal, row by row, and compares tables with what follows. */
export function foldJournal(tables: readonly TableOf[] = TABLES) {
  const folds = tables.map(foldTable)
  const byKind = Map.groupBy(
    folds.flatMap((fold) => fold.table.kinds.map((kind) => ({ kind, fold }))),
    ({ kind }) => kind,
  )
  return {
    visit: (row: CountingRow): void => {
      // The rows of the sample agency are not recorded one by one.
      if (row.action === 'sample.loaded') for (const fold of folds) fold.invent()
      for (const { fold } of byKind.get(row.action) ?? []) fold.take(row)
    },
    /** Makes the tables agree with the journal. Returns how many rows were written. */
    mend: (writer: Writer): number =>
      folds.reduce((sum, { table, finish }) => sum + mendTable(writer, table, finish(writer)), 0),
    result: (reader: Reader): readonly TableProof[] =>
      folds.map(({ table, finish }) => proveTable(reader, table, finish(reader))),
  }
}

/** Where a table differs from the journal: a row and what it should be, null where one of them does not exist. */
interface Difference {
  readonly key: string
  readonly row: StoredRow | null
  /** Null: the row should not exist. */
  readonly values: Values | null
  readonly columns: readonly string[]
}

interface Comparison {
  readonly proved: number
  readonly partly: number
  readonly differences: readonly Difference[]
}

function compareTable(reader: Reader, table: TableOf, { rows, isProved }: Folded): Comparison {
  const differences: Difference[] = []
  const left = new Map(rows)
  let [proved, partly] = [0, 0]
  for (const row of table.rows(reader)) {
    const { key } = row
    const values = left.get(key)
    left.delete(key)
    if (values === undefined) {
      if (!table.isPutAway(row, reader)) differences.push({ key, row, values: null, columns: [] })
      continue
    }
    const columns = findDifferences(row.values, values)
    if (columns.length > 0) differences.push({ key, row, values, columns })
    else if (isProved(key)) proved += 1
    else partly += 1
  }
  for (const [key, values] of left)
    if (table.isHere(reader, values)) differences.push({ key, row: null, values, columns: [] })
  return { proved, partly, differences }
}

function proveTable(reader: Reader, table: TableOf, folded: Folded): TableProof {
  const { proved, partly, differences } = compareTable(reader, table, folded)
  const problems = differences.map(({ key, row, values, columns }): ProofProblem => {
    if (row === null) {
      const says = `A row of ${table.table} that the audit log shows is missing: ${key}.`
      return { table: table.table, row: Number(key) || 0, says }
    }
    const says = values === null ? notInJournal(row.words) : differs(row.words, columns)
    return { table: table.table, row: row.id, says }
  })
  const name = table.part === undefined ? table.table : `${table.table} (${table.part})`
  return { table: name, proved, partly, problems: [...table.copies(reader), ...problems] }
}

/** Writes the rows in which a table differs from what the journal shows of it. Returns how many. */
function mendTable(writer: Writer, table: TableOf, folded: Folded): number {
  const { differences } = compareTable(writer, table, folded)
  for (const { row, values } of differences)
    if (row !== null && (values === null || table.isReplaced)) table.remove(writer, row, null)
  for (const { row, values } of differences) if (values !== null) table.write(writer, row, values, table.isReplaced)
  return differences.length
}

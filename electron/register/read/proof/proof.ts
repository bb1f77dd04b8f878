import type { Reader, Writer } from '../../db/handles.ts'
import type { CountingRow } from '../../db/journal.ts'
import { foldTable } from '../../rows/journal-fold.ts'
import { TABLES } from '../../rows/tables.ts'
import { isFolded } from '../../rows/table-of.ts'
import { mergeProof, rejectedPairProof } from './people.ts'
import {
  differs,
  findDifferences,
  notInJournal,
  type ProofProblem,
  type ProvedTable,
  type Recorded,
  type Shown,
  type StoredRow,
  type TableProof,
  type Values,
} from '../../rows/proved-table.ts'

/** The tables that follow from operations: their rows, and no others, are in the journal. */
export const PROVED_TABLES: readonly ProvedTable[] = [...TABLES, mergeProof, rejectedPairProof]

/** Collects what the journal shows of the tables that follow from operations, row by row, and compares them. */
export function tablesByJournal(tables: readonly ProvedTable[] = PROVED_TABLES) {
  const folds = tables.filter(isFolded).map(foldTable)
  const foldsByAction = Map.groupBy(
    folds.flatMap((fold) => fold.table.kinds.map((kind) => ({ kind, fold }))),
    ({ kind }) => kind,
  )
  const states = tables.filter((table) => !isFolded(table)).map((table) => ({ table, shown: new Map() as Shown }))
  const byAction = Map.groupBy(
    states.flatMap((state) => Object.keys(state.table.effects).map((action) => ({ action, state }))),
    ({ action }) => action,
  )
  let isInvented = false
  return {
    visit: (row: CountingRow): void => {
      // The rows of the sample agency are not recorded one by one.
      if (row.action === 'sample.loaded') {
        isInvented = true
        for (const fold of folds) fold.invent()
      }
      for (const { fold } of foldsByAction.get(row.action) ?? []) fold.take(row)
      for (const { state } of byAction.get(row.action) ?? []) {
        const { action, at, operator, client, subject, place = null } = row
        const recorded: Recorded = {
          action,
          at,
          operator,
          client,
          subject,
          place,
          body: JSON.parse(row.body) as Recorded['body'],
        }
        state.table.effects[action]?.(state.shown, recorded, isInvented)
      }
    },
    /** Makes the tables agree with the journal, row by row. Returns how many rows were written. */
    mend: (writer: Writer): number =>
      folds.reduce((sum, { table, finish }) => sum + mendTable(writer, table, finish(writer).rows, false), 0) +
      states.reduce((sum, { table, shown }) => sum + mendTable(writer, table, shown, isInvented), 0),
    result: (reader: Reader): readonly TableProof[] => [
      ...folds.map(({ table, finish }) => {
        const { rows, isProved } = finish(reader)
        return proveTable(reader, table, rows, false, isProved)
      }),
      ...states.map(({ table, shown }) => proveTable(reader, table, shown, isInvented)),
    ],
  }
}

function nameTable({ table, part }: ProvedTable): string {
  return part === undefined ? table : `${table} (${part})`
}

/** Where a table differs from the journal: a row and what it should be, null where one of them does not exist. */
interface Difference {
  readonly key: string
  readonly row: StoredRow | null
  /** Null: the row should not exist. */
  readonly values: Values | null
  readonly columns: readonly string[]
}

interface Compared {
  readonly proved: number
  readonly partly: number
  readonly differences: readonly Difference[]
}

/** `isInvented`: whether the table can have rows of the sample agency, which the journal does not show. */
function compareTable(
  reader: Reader,
  table: ProvedTable,
  shown: Shown,
  isInvented: boolean,
  isProved: (key: string) => boolean = () => true,
): Compared {
  const differences: Difference[] = []
  const left = new Map(shown)
  const isWhole = (values: Values): boolean => table.columns.every((column) => column in values)
  let [proved, partly] = [0, 0]
  for (const row of table.rows(reader)) {
    const { key } = row
    const values = left.get(key)
    left.delete(key)
    if (values === undefined && table.isPutAway?.(row, reader) === true) continue
    if (values === undefined && !isInvented) {
      differences.push({ key, row, values: null, columns: [] })
      continue
    }
    const columns = findDifferences(row.values, values ?? {})
    if (columns.length > 0) differences.push({ key, row, values: values ?? {}, columns })
    else if (values !== undefined && isWhole(values) && isProved(key)) proved += 1
    else partly += 1
  }
  for (const [key, values] of left) {
    // Of a row of the sample, only what was changed since is known.
    if (isInvented && !isWhole(values)) continue
    if (table.isHere?.(reader, values) !== false) differences.push({ key, row: null, values, columns: [] })
  }
  return { proved, partly, differences }
}

function proveTable(
  reader: Reader,
  table: ProvedTable,
  shown: Shown,
  isInvented: boolean,
  isProved?: (key: string) => boolean,
): TableProof {
  const { proved, partly, differences } = compareTable(reader, table, shown, isInvented, isProved)
  const problems = differences.map(({ key, row, values, columns }): ProofProblem => {
    if (row === null) {
      const says = `A row of ${table.table} that the audit log shows is missing: ${key}.`
      return { table: table.table, row: Number(key) || 0, says }
    }
    const says = values === null ? notInJournal(row.words) : differs(row.words, columns)
    return { table: table.table, row: row.id, says }
  })
  return { table: nameTable(table), proved, partly, problems: [...(table.copies?.(reader) ?? []), ...problems] }
}

/** Writes the rows in which a table differs from what the journal shows of it. Returns how many. */
function mendTable(writer: Writer, table: ProvedTable, shown: Shown, isInvented: boolean): number {
  const { mend } = table
  if (mend === undefined) throw new Error(`The table ${table.table} cannot be mended.`)
  const { differences } = compareTable(writer, table, shown, isInvented)
  for (const { row, values } of differences) {
    if (row !== null && (values === null || mend.isReplaced === true)) mend.remove(writer, row)
  }
  for (const { row, values } of differences) {
    if (values !== null) mend.write(writer, row, { ...row?.values, ...values })
  }
  return differences.length
}

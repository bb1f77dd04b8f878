import type { Decision } from '../../../shared/decisions/fold.ts'
import { isKind, OPERATIONS } from '../../../shared/decisions/operations.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { type CountingRow, toPlaced } from '../db/journal.ts'
import {
  differs,
  findDifferences,
  notInJournal,
  onlyInJournal,
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
  readonly take: (decision: Decision) => void
  /** From here on, the register has rows that no decision made: those of the sample agency. */
  readonly invent: () => void
  /** The rows by their keys. Of those that no decision made, what was decided since is folded into what the register has. */
  readonly finish: (reader: Reader) => TableContent
}

interface TableContent {
  readonly rows: ReadonlyMap<string, Values>
  /** True if decisions made a row. */
  readonly isProved: (key: string) => boolean
  readonly limit: ReturnType<NonNullable<TableOf['weave']>>['limit']
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
  const fold = (decision: Decision): void => table.fold(findGroup(table.groupOf(decision)), decision)
  // Readings may change what a table follows from since it was compared before.
  const isReadAgain = table.weave !== null || table.each !== null
  const listDecisions = (reader: Reader): readonly Decision[] => {
    if (!isReadAgain) return late.splice(0)
    const { each } = table
    return each === null ? late : late.flatMap((one) => each(reader, one))
  }
  const adopt = (stored: Iterable<StoredRow>, decided: readonly Decision[]): ReadonlySet<string> => {
    const adopted = new Set<string>()
    // The journal has all of a row that a later decision made.
    const made = new Set(decided.filter(({ kind }) => table.makes.has(kind)).map((one) => table.keyOf(one, new Map())))
    const toFirst = table.adopt(decided)
    for (const { key, group, values } of stored) {
      const rows = findGroup(group)
      if (rows.has(key) || made.has(key)) continue
      rows.set(key, toFirst(values))
      adopted.add(key)
    }
    return adopted
  }
  return {
    table,
    take: (decision) => {
      if (isInvented || isReadAgain) late.push(decision)
      else fold(decision)
    },
    invent: () => {
      isInvented = true
    },
    finish: (reader) => {
      if (isReadAgain) groups.clear()
      const decided = listDecisions(reader)
      const adopted = isInvented && !table.isDecidedAlone ? adopt(table.rows(reader), decided) : new Set<string>()
      const woven = table.weave?.(reader, decided)
      for (const decision of woven?.decisions ?? decided) fold(decision)
      const rows = [...groups.values()].flatMap((group) => [...group])
      return {
        rows: new Map(rows.filter(([, row]) => table.isStored(row))),
        isProved: (key) => !adopted.has(key),
        limit: woven?.limit ?? ((_, shown) => shown),
      }
    },
  }
}

/**
 * Reads a row of the journal as a decision. Returns null for a row whose body is not of its kind: it was changed outside the
 * product, which its hash shows.
 */
export function toDecision({ action: kind, body: text, place = null, ...row }: CountingRow): Decision | null {
  const body = JSON.parse(text) as unknown
  if (!isKind(kind) || !OPERATIONS[kind].body.safeParse(body).success) return null
  const { at, operator, client, subject } = row
  return { kind, at, operator, client, subject, placed: toPlaced({ operator, place }), body }
}

/** Before all days on which something can end. */
const NO_DAY: Day = '0000-01-01'

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
      const taking = byKind.get(row.action)
      const decision = taking === undefined ? null : toDecision(row)
      if (decision !== null) for (const { fold } of taking ?? []) fold.take(decision)
    },
    /** Makes the tables agree with the journal. */
    mend: (writer: Writer): void => {
      for (const { table, finish } of folds) mendTable(writer, table, finish(writer))
    },
    /** `today`: the day until which rows can have ended by themselves; left out: none can. */
    result: (reader: Reader, today: Day = NO_DAY): readonly TableProof[] =>
      folds.flatMap(({ table, finish }) => proveTable(reader, table, finish(reader), today)),
  }
}

/** Where a table differs from the journal: a row and what it should be, null where one of them does not exist. */
interface Difference {
  readonly key: string
  readonly row: StoredRow | null
  /** Null: the row should not exist. */
  readonly values: Values | null
  readonly columns: readonly string[]
  /** The problems of its parts. */
  readonly parts: readonly ProofProblem[]
}

interface Count {
  proved: number
  partly: number
}

interface Comparison {
  readonly rows: Count
  readonly parts: Count
  readonly differences: readonly Difference[]
}

function compareTable(reader: Reader, table: TableOf, folded: TableContent, today: Day): Comparison {
  const differences: Difference[] = []
  const [rows, parts]: readonly [Count, Count] = [
    { proved: 0, partly: 0 },
    { proved: 0, partly: 0 },
  ]
  const compare = (row: StoredRow | null, key: string, stored: Values, shown: Values): void => {
    const values = folded.limit(stored, shown, folded.isProved(key))
    const columns = findDifferences(stored, values).filter((column) => column !== table.parts?.field)
    const compared = compareParts(reader, table, stored, values)
    if (columns.length > 0 || compared.problems.length > 0)
      differences.push({ key, row, values, columns, parts: compared.problems })
    const how = values === shown && folded.isProved(key) ? 'proved' : 'partly'
    if (columns.length === 0 && row !== null) rows[how] += 1
    parts[how] += compared.same
  }
  const left = new Map(folded.rows)
  for (const row of table.rows(reader)) {
    const { key } = row
    const shown = left.get(key) ?? table.undecided(row.values)
    left.delete(key)
    if (shown !== undefined) compare(row, key, row.values, shown)
    else if (!table.isPutAway(row, reader)) differences.push({ key, row, values: null, columns: [], parts: [] })
  }
  for (const [key, values] of left) {
    const start = table.undecided(values)
    if (!table.isHere(reader, values)) continue
    if (table.mayEnd(values, today)) rows.proved += 1
    else if (start !== undefined) compare(null, key, start, values)
    else differences.push({ key, row: null, values, columns: [key], parts: [] })
  }
  return { rows, parts, differences }
}

/** Compares the parts of a row by their uids. */
function compareParts(
  reader: Reader,
  { parts }: TableOf,
  stored: Values,
  shown: Values,
): { readonly problems: readonly ProofProblem[]; readonly same: number } {
  if (parts === null) return { problems: [], same: 0 }
  const { table, words } = parts
  const problems: ProofProblem[] = []
  let same = 0
  const left = new Map(parts.of(shown).map((part) => [part.uid, part]))
  for (const part of parts.of(stored)) {
    const { uid, id = 0 } = part
    const known = left.get(uid)
    left.delete(uid)
    const wrong = known === undefined ? [] : findDifferences(part, known)
    if (known === undefined) problems.push({ table, row: id, says: notInJournal(words(part, id)) })
    else if (wrong.length > 0) problems.push({ table, row: id, says: differs(words(part, id), wrong) })
    else same += 1
  }
  for (const [uid, part] of left)
    if (parts.isHere(reader, shown, part)) problems.push({ table, row: 0, says: onlyInJournal(`${table} ${uid}`) })
  return { problems, same }
}

function proveTable(reader: Reader, table: TableOf, folded: TableContent, today: Day): readonly TableProof[] {
  const { rows, parts, differences } = compareTable(reader, table, folded, today)
  const problems = differences
    .filter(({ values, columns }) => values === null || columns.length > 0)
    .map(({ key, row, values, columns }): ProofProblem => {
      if (row === null) {
        const numbered = values === null ? null : table.findNumbered(reader, values)
        if (numbered !== null && values !== null) {
          const isPart = table.undecided(values) !== undefined
          return {
            table: table.table,
            row: numbered.id,
            says: isPart ? differs(numbered.words, columns) : onlyInJournal(numbered.words),
          }
        }
        const says = `A row of ${table.table} that the audit log shows is missing: ${key}.`
        return { table: table.table, row: Number(key) || 0, says }
      }
      const says = values === null ? notInJournal(row.words) : differs(row.words, columns)
      return { table: table.table, row: row.id, says }
    })
  const name = table.part === undefined ? table.table : `${table.table} (${table.part})`
  const proof = { table: name, ...rows, problems: [...table.copies(reader), ...problems] }
  const others = table.proveOthers(reader, [...folded.rows.values()])
  if (table.parts === null) return [...others, proof]
  return [
    ...others,
    proof,
    { table: table.parts.table, ...parts, problems: differences.flatMap((difference) => difference.parts) },
  ]
}

/** Writes the rows in which a table differs from what the journal shows of it. */
function mendTable(writer: Writer, table: TableOf, folded: TableContent): void {
  const { differences } = compareTable(writer, table, folded, NO_DAY)
  const isGone = (values: Values | null): boolean => values === null || !table.isHere(writer, values)
  for (const { row, values } of differences)
    if (row !== null && (isGone(values) || table.isReplaced)) table.remove(writer, row, null)
  const written = differences.flatMap(({ row, values }) =>
    values === null || isGone(values) ? [] : (table.write(writer, row, values, table.isReplaced) ?? []),
  )
  for (const { row, values } of differences)
    if (row !== null && table.parts !== null)
      table.parts.removeOthers(writer, row.id, isGone(values) || values === null ? [] : table.parts.of(values))
  if (written.length > 0) table.derive(writer, written)
}

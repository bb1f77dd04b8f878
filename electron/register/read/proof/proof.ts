import type { Reader } from '../../db/handles.ts'
import type { JournalRow } from '../../db/journal.ts'
import { clientProof } from './clients.ts'
import { connectionProof } from './connections.ts'
import { acceptanceProof } from './findings.ts'
import { mergeProof, rejectedPairProof } from './people.ts'
import { planBindingProof, planProof, planSameProof, planVersionProof } from './plans.ts'
import { reportSettingProof, viewProof } from './settings.ts'
import {
  differs,
  findDifferences,
  notInJournal,
  type ProofProblem,
  type ProvedTable,
  type Recorded,
  type Shown,
  type TableProof,
} from './table.ts'
import { todayProof } from './today.ts'
import { budgetProof, folderProof, priceProof } from './usage.ts'

/** The tables that follow from operations: their rows, and no others, are in the journal. */
export const PROVED_TABLES: readonly ProvedTable[] = [
  clientProof,
  connectionProof,
  reportSettingProof,
  viewProof,
  budgetProof,
  priceProof,
  folderProof,
  acceptanceProof,
  todayProof,
  planProof,
  planVersionProof,
  planBindingProof,
  planSameProof,
  mergeProof,
  rejectedPairProof,
]

/** Collects what the journal shows of the tables that follow from operations, row by row, and compares them. */
export function tablesByJournal(tables: readonly ProvedTable[] = PROVED_TABLES) {
  const states = tables.map((table) => ({ table, shown: new Map() as Shown, hasOlder: false }))
  const byAction = Map.groupBy(
    states.flatMap((state) => Object.keys(state.table.effects).map((action) => ({ action, state }))),
    ({ action }) => action,
  )
  let isInvented = false
  return {
    visit: (row: JournalRow): void => {
      // The rows of the sample agency are not recorded one by one.
      if (row.action === 'sample.loaded') isInvented = true
      for (const { state } of byAction.get(row.action) ?? []) {
        const { action, at, operator, client, subject } = row
        const recorded: Recorded = {
          action,
          at,
          operator,
          client,
          subject,
          body: JSON.parse(row.body) as Recorded['body'],
        }
        state.hasOlder ||= state.table.hasOlderRows === true && typeof recorded.body['v'] !== 'number'
        state.table.effects[action]?.(state.shown, recorded, state.hasOlder)
      }
    },
    result: (reader: Reader): readonly TableProof[] =>
      states.map(({ table, shown, hasOlder }) => proveTable(reader, table, shown, isInvented || hasOlder)),
  }
}

function nameTable({ table, part }: ProvedTable): string {
  return part === undefined ? table : `${table} (${part})`
}

/** `mayHaveOthers`: whether the table can have rows that the journal does not show. */
function proveTable(reader: Reader, table: ProvedTable, shown: Shown, mayHaveOthers: boolean): TableProof {
  const problems: ProofProblem[] = [...(table.copies?.(reader) ?? [])]
  const say = (row: number, says: string): void => void problems.push({ table: table.table, row, says })
  const left = new Map(shown)
  let [proved, partly] = [0, 0]
  for (const row of table.rows(reader)) {
    const values = left.get(row.key)
    left.delete(row.key)
    if (values === undefined && !mayHaveOthers) {
      say(row.id, notInJournal(row.words))
      continue
    }
    const wrong = findDifferences(row.values, values ?? {})
    if (wrong.length > 0) {
      say(row.id, differs(row.words, wrong))
    } else if (table.columns.every((column) => values !== undefined && column in values)) proved += 1
    else partly += 1
  }
  for (const [key, values] of left) {
    // Of a row of the sample, only what was changed since is known.
    if (mayHaveOthers && !table.columns.every((column) => column in values)) continue
    say(Number(key) || 0, `A row of ${table.table} that the audit log shows is missing: ${key}.`)
  }
  return { table: nameTable(table), proved, partly, problems }
}

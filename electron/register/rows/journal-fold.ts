import type { Reader } from '../db/handles.ts'
import type { CountingRow } from '../db/journal.ts'
import type { Decision } from '../../../shared/decisions/fold.ts'
import type { Shown, StoredRow, Values } from './proved-table.ts'
import { type TableOf, toDecision } from './table-of.ts'

/** What the decisions of the journal make of a table. */
export interface TableFold {
  readonly table: TableOf
  readonly take: (row: CountingRow) => void
  /** From here on, the register has rows that no decision made: those of the sample agency. */
  readonly invent: () => void
  /** The rows by their keys. Of those that no decision made, what was decided since is folded into what the register has. */
  readonly finish: (reader: Reader) => { readonly rows: Shown; readonly isProved: (key: string) => boolean }
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
  const adopt = (stored: Iterable<StoredRow>): ReadonlySet<string> => {
    const adopted = new Set<string>()
    for (const { key, group = key, values } of stored) {
      const rows = findGroup(group)
      if (rows.has(key)) continue
      rows.set(key, values)
      adopted.add(key)
    }
    return adopted
  }
  return {
    table,
    take: ({ body, action, at, operator, client, subject, place = null }) => {
      const read = JSON.parse(body) as Readonly<Record<string, unknown>>
      const decision = toDecision({ action, at, operator, client, subject, place, body: read })
      if (isInvented) late.push(decision)
      else fold(decision)
    },
    invent: () => {
      isInvented = true
    },
    finish: (reader) => {
      const adopted = isInvented ? adopt(table.rows(reader)) : new Set<string>()
      for (const decision of late.splice(0)) fold(decision)
      return {
        rows: new Map([...groups.values()].flatMap((rows) => [...rows].filter(([, row]) => table.isStored(row)))),
        isProved: (key) => !adopted.has(key),
      }
    },
  }
}

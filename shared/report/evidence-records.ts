import { type List, notRead, ownRows } from '../domain/absence.ts'
import { said } from '../domain/text/said.ts'

/** One record of a table of evidence, by field. Null: unknown, or not applicable. */
export type EvidenceRecord = Readonly<Record<string, string | number | boolean | null>>

/** A table of an evidence pack: a file of JSON Lines with its name. */
export interface EvidenceTable {
  readonly name:
    | 'header'
    | 'population'
    | 'coverage'
    | 'rosters'
    | 'service-accounts'
    | 'items'
    | 'decisions'
    | 'closures'
    | 'changes-sent'
    | 'provider-log'
    | 'sign-off'
    | 'signers'
    | 'controls'
    | 'readings'
    | 'ended'
    | 'to-rotate'
    | 'workloads'
    | 'deposited-keys'
  readonly title: string
  /** Notes that a reader needs. */
  readonly about: string
  /** Every field, in the order of columns, with its heading. */
  readonly fields: Readonly<Record<string, string>>
}

/** A cell as text: the form of a value in a CSV and a Markdown file. */
export function evidenceCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

/** The fields of a table of rows from several lists, by which each row shows how its list was read. */
export const READING_FIELDS = { read: 'Read', lack: 'What was not read' } as const

/**
 * The records of one list in a table with `READING_FIELDS`. A list without rows has one record, without the fields of a
 * row: it shows whether there are none, or whether none could be read.
 */
export function listRecords<Row>(
  list: List<Row>,
  place: EvidenceRecord,
  toRecord: (row: Row) => EvidenceRecord,
): Iterable<EvidenceRecord> {
  const reading = readingRecord(list)
  return {
    *[Symbol.iterator]() {
      let isEmpty = true
      for (const row of list.state === 'read' ? list.rows : []) {
        isEmpty = false
        yield { ...place, ...toRecord(row), ...reading }
      }
      if (isEmpty) yield { ...place, ...reading }
    },
  }
}

/** The records of the lists of some organizations in one table, each with its reading. */
export function joinRecords(parts: readonly Iterable<EvidenceRecord>[]): List<EvidenceRecord> {
  if (parts.length === 0) return notRead('The client has no connection.')
  return ownRows({
    *[Symbol.iterator]() {
      for (const part of parts) yield* part
    },
  })
}

function readingRecord(list: List<unknown>): EvidenceRecord {
  if (list.state === 'not-read') return { read: 'not read', lack: said(list.because) }
  return list.lack === null ? { read: 'read', lack: null } : { read: 'partly read', lack: said(list.lack) }
}

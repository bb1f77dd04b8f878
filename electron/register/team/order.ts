import type { Reader } from '../db/handles.ts'
import type { CountingRow, JournalRow } from '../db/journal.ts'
import type { FindingName } from '../findings/acceptance.ts'
import { findOwnMember } from './own-member.ts'

interface Columns extends JournalRow {
  readonly entry: number | null
  readonly member: string | null
  readonly seq_at: number | null
  readonly pending: number | null
  readonly basis: number | null
}

const COLUMNS = `j.*, e.id AS entry, e.member, e.seq AS seq_at, p.id AS pending, ifnull(e.operation, p.operation) ->> 'basis' AS basis`
const JOINED = `journal j LEFT JOIN team_entry e ON e.journal_seq = j.seq LEFT JOIN team_pending p ON p.journal_seq = j.seq`
const COUNTS = 'e.void_reason IS NULL AND p.void_reason IS NULL'
const ORDER = `CASE WHEN e.id IS NOT NULL THEN 1 WHEN p.id IS NOT NULL THEN 2 ELSE 0 END, e.stream, e.seq, p.id, j.seq`

/**
 * The rows of the journal in the order in which they count. The journal itself has the order in which this register came to
 * know them. Rows that no team exchanges count first, as they follow each other; then those that are placed in
 * a stream, by their positions; then what waits, in the order of the decisions. What is placed without effect does not count, and what
 * waits and would have none as far as this register has read.
 */
export function readCountingOrder(
  reader: Reader,
  actions: readonly string[] | null = null,
): IterableIterator<CountingRow> {
  const rows =
    actions === null
      ? reader.iterate<Columns>(ALL_ROWS)
      : reader.iterate<Columns>(ROWS_OF, { actions: JSON.stringify(actions) })
  return placeRows(reader, rows)
}

const ALL_ROWS = `SELECT ${COLUMNS} FROM ${JOINED} WHERE ${COUNTS} ORDER BY ${ORDER}`
export const ROWS_OF = `SELECT ${COLUMNS} FROM ${JOINED}
  WHERE ${COUNTS} AND j.action IN (SELECT value FROM json_each(:actions)) ORDER BY ${ORDER}`

/** The same of one review. */
export function readReviewRows(reader: Reader, reviewUid: string): IterableIterator<CountingRow> {
  return placeRows(reader, reader.iterate<Columns>(REVIEW_ROWS, [reviewUid]))
}

export const REVIEW_ROWS = `SELECT ${COLUMNS} FROM ${JOINED}
  WHERE ${COUNTS} AND substr(j.action, 1, 7) = 'review.' AND j.body ->> 'reviewUid' = ? ORDER BY ${ORDER}`

/** The same of decisions about the risk of one finding. */
export function readRiskRows(reader: Reader, { connectionUid, rule, kind, externalId, cause }: FindingName) {
  return placeRows(reader, reader.iterate<Columns>(RISK_ROWS, { connectionUid, rule, kind, externalId, cause }))
}

export const RISK_ROWS = `SELECT ${COLUMNS} FROM ${JOINED}
  WHERE ${COUNTS} AND substr(j.action, 1, 8) = 'finding.' AND j.body ->> '$.findingNamed.connectionUid' = :connectionUid
    AND j.body ->> '$.findingNamed.externalId' IS :externalId AND j.body ->> '$.findingNamed.rule' = :rule
    AND j.body ->> '$.findingNamed.kind' = :kind AND j.body ->> 'cause' = :cause ORDER BY ${ORDER}`

function* placeRows(reader: Reader, rows: Iterable<Columns>): IterableIterator<CountingRow> {
  const own = findOwnMember(reader) ?? ''
  for (const { entry, member, seq_at: at, pending, basis, ...row } of rows) {
    const isPlaced = entry !== null || pending !== null
    yield { ...row, place: isPlaced ? { member: member ?? own, at, seen: basis ?? -1 } : null }
  }
}

import type { Reader } from '../db/handles.ts'
import type { CountingRow, JournalRow } from '../db/journal.ts'
import type { FindingName } from '../findings/acceptance.ts'
import { findOwnMember } from './place.ts'

interface Columns extends JournalRow {
  readonly placed: number | null
  readonly member: string | null
  readonly place: number | null
  readonly waiting: number | null
  readonly seen: number | null
}

const COLUMNS = `j.*, o.id AS placed, o.member, o.place, w.id AS waiting, ifnull(o.seen, w.seen) AS seen`
const JOINED = `journal j LEFT JOIN team_operation o ON o.journal_seq = j.seq LEFT JOIN team_waiting w ON w.journal_seq = j.seq`
const COUNTS = 'o.no_effect IS NULL AND w.counts IS NOT 0'
const ORDER = `CASE WHEN o.id IS NOT NULL THEN 1 WHEN w.id IS NOT NULL THEN 2 ELSE 0 END, o.log, o.place, w.id, j.seq`

/**
 * The rows of the journal in the order in which they count. The journal itself has the order in which this register came to know them. Rows that
 * no team exchanges count first, as they follow each other; then those that are placed in a log, by their places; then what waits, in the order of
 * the decisions. What has no effect does not count, nor what its author is asked about.
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
  for (const { placed, member, place, waiting, seen, ...row } of rows) {
    const isOfTeam = placed !== null || waiting !== null
    yield { ...row, place: isOfTeam ? { member: member ?? own, at: place, seen: seen ?? -1 } : null }
  }
}

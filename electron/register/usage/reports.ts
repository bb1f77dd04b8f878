import type { UsageReport } from '../../../shared/domain/usage/fact.ts'
import { clipDays, joinDays, type ReadDays } from '../../../shared/domain/usage/read-days.ts'
import type { Reader, Writer } from '../db/handles.ts'

/**
 * How the reading of a report of a connection ended. Days count from 1970-01-01, UTC: `readFrom` is the first that was read, `readTo`
 * the first that was not read completely. Null: none was.
 */
export interface ReportState {
  readonly report: UsageReport
  readonly state: string
  readonly reason: string | null
  readonly readFrom: number | null
  readonly readTo: number | null
  /** The query variant that was answered (0 is the most detailed), and since when more detailed ones are refused. */
  readonly way: number
  readonly wayAt: number
  readonly at: number
}

/** Stores how the reading of a report ended. Days that were read before stay read, but those that a partial reading found incomplete. */
export function setReportState(writer: Writer, connectionId: number, state: ReportState): void {
  const { report, readFrom, readTo } = state
  const before = parseDays(
    writer.value<string>('SELECT read_days FROM usage_report WHERE connection_id = ? AND report = ?', [
      connectionId,
      report,
    ]),
  )
  const kept = state.state === 'partial' && readTo !== null ? clipDays(before, { from: -Infinity, to: readTo }) : before
  const read = readFrom === null || readTo === null ? [] : [{ from: readFrom, to: readTo }]
  const days = JSON.stringify(joinDays([...kept, ...read]).map(({ from, to }) => [from, to]))
  writer.run(
    `INSERT INTO usage_report (connection_id, report, state, reason, unread_from, read_days, way, way_at, at)
     VALUES (:connection, :report, :state, :reason, :readTo, :days, :way, :wayAt, :at)
     ON CONFLICT (connection_id, report) DO UPDATE SET state = excluded.state, reason = excluded.reason,
       unread_from = ifnull(excluded.unread_from, unread_from), read_days = excluded.read_days, way = excluded.way,
       way_at = excluded.way_at, at = excluded.at`,
    {
      connection: connectionId,
      report,
      state: state.state,
      reason: state.reason,
      readTo,
      days,
      way: state.way,
      wayAt: state.wayAt,
      at: state.at,
    },
  )
}

/** How the last reading of each report of a connection ended. */
export function reportStates(reader: Reader, connectionId: number): readonly Omit<ReportState, 'readFrom'>[] {
  return reader.all(
    `SELECT report, state, reason, unread_from AS readTo, way, way_at AS wayAt, at FROM usage_report WHERE connection_id = ?`,
    [connectionId],
  )
}

/**
 * The spans of days whose costs of connections were read completely: `connection_id`, `low`, and `high`, the day after.
 */
export const READ_SPANS = `SELECT r.connection_id, d.value ->> 0 AS low, d.value ->> 1 AS high
  FROM usage_report r JOIN json_each(r.read_days) d WHERE r.report = 'cost'`

/** The days of a column of `read_days`. */
export function parseDays(text: string | null | undefined): ReadDays {
  const spans = JSON.parse(text ?? '[]') as readonly (readonly [number, number])[]
  return spans.map(([from, to]) => ({ from, to }))
}

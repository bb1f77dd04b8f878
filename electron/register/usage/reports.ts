import type { UsageReport } from '../../../shared/domain/usage/fact.ts'
import type { Reader, Writer } from '../db/handles.ts'

/**
 * How far a report of a connection was read. Days count from 1970-01-01, UTC; `readTo` is the first day that was not
 * read completely.
 */
export interface ReportState {
  readonly report: UsageReport
  readonly state: string
  readonly reason: string | null
  readonly readTo: number | null
  /** The query variant that was answered (0 is the most detailed), and since when more detailed ones are refused. */
  readonly way: number
  readonly wayAt: number
  readonly at: number
}

/** Stores how the reading of a report ended; the earlier progress is kept if it was not read completely. */
export function setReportState(writer: Writer, connectionId: number, state: ReportState): void {
  writer.run(
    `INSERT INTO usage_report (connection_id, report, state, reason, unread_from, way, way_at, at)
     VALUES (:connection, :report, :state, :reason, :readTo, :way, :wayAt, :at)
     ON CONFLICT (connection_id, report) DO UPDATE SET state = excluded.state, reason = excluded.reason,
       unread_from = ifnull(excluded.unread_from, unread_from), way = excluded.way, way_at = excluded.way_at, at = excluded.at`,
    { connection: connectionId, ...state },
  )
}

/** How the last reading of each report of a connection ended. */
export function reportStates(reader: Reader, connectionId: number): readonly ReportState[] {
  return reader.all<ReportState>(
    `SELECT report, state, reason, unread_from AS readTo, way, way_at AS wayAt, at FROM usage_report WHERE connection_id = ?`,
    [connectionId],
  )
}

import type { UsageReport } from '../../../shared/domain/usage/fact.ts'
import type { Reader, Writer } from '../handles.ts'

/** How far a report of a connection was read. Days count from 1970-01-01, UTC; `readTo` is the first that was not read to its end. */
export interface ReportState {
  readonly report: UsageReport
  readonly state: string
  readonly reason: string | null
  readonly readTo: number | null
  readonly at: number
}

/** Remembers how the reading of a report ended; how far it was read before stands where it was not read to its end. */
export function setReportState(writer: Writer, connectionId: number, state: ReportState): void {
  writer.run(
    `INSERT INTO usage_report (connection_id, report, state, reason, unread_from, at) VALUES (:connection, :report, :state, :reason, :readTo, :at)
     ON CONFLICT (connection_id, report) DO UPDATE SET state = excluded.state, reason = excluded.reason,
       unread_from = ifnull(excluded.unread_from, unread_from), at = excluded.at`,
    {
      connection: connectionId,
      report: state.report,
      state: state.state,
      reason: state.reason,
      readTo: state.readTo,
      at: state.at,
    },
  )
}

/**
 * Where the next reading of a connection begins: some days before the end of what every readable report was read to, since
 * the last days may still move; null when nothing was read.
 */
export function readFrom(reader: Reader, connectionId: number, again: number): number | null {
  const to = reader.value<number | null>(
    `SELECT min(unread_from) FROM usage_report WHERE connection_id = ? AND state = 'complete'`,
    [connectionId],
  )
  return to === undefined || to === null ? null : to - again
}

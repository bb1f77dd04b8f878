import { type ReportSettings, reportSettings as settingsRow } from '../../../shared/contract/reports.ts'
import { NO_REPORTS } from '../../../shared/decisions/settings.ts'
import type { ReportKind } from '../../../shared/domain/usage/report-period.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRow } from '../db/rows.ts'

/** The report settings of a client; by default in dollars, without mark-up or schedule. */
export function reportSettings(reader: Reader, clientId: number): ReportSettings {
  const row = readRow(
    reader,
    settingsRow,
    `SELECT markup_basis_points AS markupBasisPoints, currency, rate_millionths AS rateMillionths, rate_on AS rateOn, weekly, monthly,
       invoice, weekly_to AS weeklyTo, monthly_to AS monthlyTo FROM report_setting WHERE client_id = ?`,
    [clientId],
  )
  return row ?? NO_REPORTS
}

export interface ReportReminder {
  readonly clientId: number
  readonly kind: ReportKind
  readonly period: string
}

/** True if a reminder of the report of a period was already sent. */
export function isReportReminded(reader: Reader, { clientId, kind, period }: ReportReminder): boolean {
  return (
    reader.value('SELECT 1 FROM report_reminder WHERE client_id = ? AND kind = ? AND period = ?', [
      clientId,
      kind,
      period,
    ]) === 1
  )
}

/** Records that a reminder of a report was sent, so that it is not sent again. */
export function insertReportReminder(writer: Writer, { clientId, kind, period }: ReportReminder, at: number): void {
  writer.run('INSERT INTO report_reminder (client_id, kind, period, fired_at) VALUES (?, ?, ?, ?)', [
    clientId,
    kind,
    period,
    at,
  ])
}

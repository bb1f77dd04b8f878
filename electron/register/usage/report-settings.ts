import { type ReportSettings, reportSettings as settingsRow } from '../../../shared/contract/reports.ts'
import { PLAIN_TERMS } from '../../../shared/domain/usage/invoice.ts'
import type { ReportKind } from '../../../shared/domain/usage/report-period.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRow } from '../db/rows.ts'

/** The settings of a client before any were set. */
export const NO_REPORTS: ReportSettings = {
  ...PLAIN_TERMS,
  weekly: false,
  monthly: false,
  invoice: false,
  weeklyTo: [],
  monthlyTo: [],
}

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

/** Stores the report settings of a client. `at` is in milliseconds. */
export function setReportSettings(
  writer: Writer,
  clientId: number,
  settings: ReportSettings,
  { at, by }: { readonly at: number; readonly by: string },
): void {
  writer.run(
    `INSERT OR REPLACE INTO report_setting (client_id, markup_basis_points, currency, rate_millionths, rate_on, weekly, monthly,
       invoice, weekly_to, monthly_to, set_at, set_by)
     VALUES (:client, :markup, :currency, :rate, :rateOn, :weekly, :monthly, :invoice, :weeklyTo, :monthlyTo, :at, :by)`,
    {
      client: clientId,
      markup: settings.markupBasisPoints,
      currency: settings.currency,
      rate: settings.rateMillionths,
      rateOn: settings.rateOn,
      weekly: Number(settings.weekly),
      monthly: Number(settings.monthly),
      invoice: Number(settings.invoice),
      weeklyTo: JSON.stringify(settings.weeklyTo),
      monthlyTo: JSON.stringify(settings.monthlyTo),
      at,
      by,
    },
  )
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

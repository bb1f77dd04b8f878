import { NO_REPORTS, setReportSettings } from '../../usage/report-settings.ts'
import type { ProvedTable } from '../../rows/proved-table.ts'

interface SettingRow {
  readonly client_id: number
  readonly slug: string
  readonly weeklyTo: string
  readonly monthlyTo: string
  readonly weekly: number
  readonly monthly: number
  readonly invoice: number
}

/** The settings of usage reports, by client. */
export const reportSettingProof: ProvedTable = {
  table: 'report_setting',
  columns: [
    'markupBasisPoints',
    'currency',
    'rateMillionths',
    'rateOn',
    'weekly',
    'monthly',
    'invoice',
    'weeklyTo',
    'monthlyTo',
    'set_at',
    'set_by',
  ],
  rows: (reader) =>
    reader
      .all<SettingRow>(
        `SELECT s.client_id, c.slug, s.markup_basis_points AS markupBasisPoints, s.currency, s.rate_millionths AS rateMillionths,
           s.rate_on AS rateOn, s.weekly, s.monthly, s.invoice, s.weekly_to AS weeklyTo, s.monthly_to AS monthlyTo, s.set_at, s.set_by
         FROM report_setting s JOIN client c ON c.id = s.client_id ORDER BY s.client_id`,
      )
      .map(({ client_id: id, slug, ...values }) => ({
        id,
        key: slug,
        words: `the reports of client ${slug}`,
        values: {
          ...values,
          client: slug,
          weekly: values.weekly === 1,
          monthly: values.monthly === 1,
          invoice: values.invoice === 1,
          weeklyTo: JSON.parse(values.weeklyTo) as unknown,
          monthlyTo: JSON.parse(values.monthlyTo) as unknown,
        },
      })),
  effects: {
    'report.set': (shown, { client, at, operator, body }) => {
      const { v: _, ...settings } = body
      const key = client ?? ''
      shown.set(key, { ...NO_REPORTS, ...shown.get(key), ...settings, client, set_at: at, set_by: operator })
    },
  },
  mend: {
    remove: (writer, { id }) => void writer.run('DELETE FROM report_setting WHERE client_id = ?', [id]),
    write: (writer, row, values) => {
      const { set_at: at, set_by: by, client, ...settings } = values
      const clientId = row?.id ?? writer.value<number>('SELECT id FROM client WHERE slug = ?', [String(client)])
      if (clientId === undefined) return
      setReportSettings(writer, clientId, settings as Parameters<typeof setReportSettings>[2], {
        at: Number(at),
        by: String(by),
      })
    },
  },
}

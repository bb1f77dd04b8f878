import { change, isOperation, type ProvedTable } from './table.ts'

interface SettingRow {
  readonly client_id: number
  readonly slug: string
  readonly weeklyTo: string
  readonly monthlyTo: string
  readonly weekly: number
  readonly monthly: number
  readonly invoice: number
}

/** The settings of usage reports, by client. Every row of the journal has them all. */
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
      shown.set(client ?? '', { ...settings, set_at: at, set_by: operator })
    },
  },
}

interface ViewRow {
  readonly id: number
  readonly uid: string | null
  readonly name: string
  readonly search: string
  readonly columns: string | null
}

/** Saved views, by their uid. Older rows of the journal do not name the one of several views of a list. */
export const viewProof: ProvedTable = {
  table: 'saved_view',
  hasOlderRows: true,
  columns: ['list', 'client', 'name', 'search', 'columns', 'saved_at'],
  rows: (reader) =>
    reader
      .all<ViewRow>(
        `SELECT v.id, v.uid, v.list, c.slug AS client, v.name, v.search, v.columns, v.saved_at
         FROM saved_view v LEFT JOIN client c ON c.id = v.client_id ORDER BY v.id`,
      )
      .map(({ id, uid, ...values }) => ({
        id,
        key: uid ?? '',
        words: `view ${JSON.stringify(values.name)}`,
        values: {
          ...values,
          search: JSON.parse(values.search) as unknown,
          columns: values.columns === null ? null : (JSON.parse(values.columns) as unknown),
        },
      })),
  effects: {
    'view.saved': (shown, row) => {
      if (!isOperation(row)) return
      const { viewUid, list, name, search, columns } = row.body
      const before = shown.get(String(viewUid))
      // A view keeps the list and the client that it was made for.
      const place = before === undefined ? { list, client: row.client } : {}
      change(shown, String(viewUid), { ...place, name, search, columns, saved_at: row.at })
    },
    'view.renamed': (shown, row) => {
      if (!isOperation(row)) return
      change(shown, String(row.body['viewUid']), { name: row.body['name'], saved_at: row.at })
    },
    'view.removed': (shown, row) => {
      if (isOperation(row)) shown.delete(String(row.body['viewUid']))
    },
  },
}

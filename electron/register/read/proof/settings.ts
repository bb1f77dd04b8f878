import type { Value } from '../../db/handles.ts'
import { NO_REPORTS, setReportSettings } from '../../usage/report-settings.ts'
import { deleteView } from '../../views/views.ts'
import { change, changeExisting, type ProvedTable, type Shown, type Values } from './table.ts'

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

interface ViewRow {
  readonly id: number
  readonly uid: string | null
  readonly client: string | null
  readonly name: string
  readonly search: string
  readonly subjects: string
  readonly columns: string | null
}

/** Whether another view of a list has a name, by which SQLite compares names: in any case of the letters A to Z. */
function isNamed(shown: Shown, key: string, { list, client, name }: Values): boolean {
  const toPlain = (text: unknown): string => String(text).replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase())
  return shown
    .entries()
    .some(
      ([other, view]) =>
        other !== key && view['list'] === list && view['client'] === client && toPlain(view['name']) === toPlain(name),
    )
}

/** The key of a view: the uid of one that a client has is that of no other. */
const toKey = (client: string | null, uid: unknown): string => `${client ?? ''} ${String(uid)}`

/** Saved views, by their uid. */
export const viewProof: ProvedTable = {
  table: 'saved_view',
  columns: ['uid', 'list', 'client', 'name', 'search', 'subjects', 'columns', 'saved_at'],
  rows: (reader) =>
    reader
      .all<ViewRow>(
        `SELECT v.id, v.uid, v.list, c.slug AS client, v.name, v.search, v.subjects, v.columns, v.saved_at
         FROM saved_view v LEFT JOIN client c ON c.id = v.client_id ORDER BY v.id`,
      )
      .map(({ id, uid, ...values }) => ({
        id,
        key: toKey(values.client, uid),
        words: `view ${JSON.stringify(values.name)}`,
        values: {
          ...values,
          uid,
          search: JSON.parse(values.search) as unknown,
          subjects: JSON.parse(values.subjects) as unknown,
          columns: values.columns === null ? null : (JSON.parse(values.columns) as unknown),
        },
      })),
  effects: {
    'view.saved': (shown, row) => {
      const { viewUid, list, name, search, subjects = {}, columns } = row.body
      const key = toKey(row.client, viewUid)
      if (isNamed(shown, key, { list, client: row.client, name })) return
      // A view keeps the list that it was made for.
      const place = shown.has(key) ? {} : { list, client: row.client }
      change(shown, key, { uid: viewUid, ...place, name, search, subjects, columns, saved_at: row.at })
    },
    'view.renamed': (shown, row, isInvented) => {
      const { viewUid, list, name } = row.body
      const key = toKey(row.client, viewUid)
      if (isNamed(shown, key, { list, client: row.client, name })) return
      changeExisting(shown, key, { name, saved_at: row.at }, isInvented)
    },
    'view.removed': (shown, row) => void shown.delete(toKey(row.client, row.body['viewUid'])),
  },
  mend: {
    isReplaced: true,
    remove: (writer, { id }) => deleteView(writer, id),
    write: (writer, row, values) => {
      const { list, client, name, search, subjects, columns, saved_at: at } = values
      writer.run(
        `INSERT INTO saved_view (id, uid, list, client_id, name, search, subjects, columns, saved_at)
         VALUES (:id, :uid, :list, (SELECT c.id FROM client c WHERE c.slug = :client), :name, :search, :subjects, :columns, :at)`,
        {
          id: row?.id ?? null,
          uid: String(values['uid']),
          ...({ list, client, name, at } as Readonly<Record<string, Value>>),
          search: JSON.stringify(search),
          subjects: JSON.stringify(subjects),
          columns: columns === null ? null : JSON.stringify(columns),
        },
      )
    },
  },
}

import { parseMicroUsd } from '../../../../shared/domain/text/money.ts'
import { dayNumber } from '../../../../shared/domain/usage/rollups.ts'
import { computeStart } from '../../../../shared/domain/day.ts'
import { change, isOperation, numberIn, type ProvedTable } from './table.ts'

interface BudgetRow {
  readonly id: number
  readonly slug: string
  readonly thresholds: string
  readonly external_id: string | null
  readonly connection: string | null
}

/** Budgets, by their number. Older rows of the journal name what one is for in words only. */
export const budgetProof: ProvedTable = {
  table: 'budget',
  columns: ['uid', 'client', 'connection', 'project', 'amount', 'enforcement', 'thresholds', 'set_at', 'set_by'],
  rows: (reader) =>
    reader
      .all<BudgetRow>(
        `SELECT b.id, b.uid, c.slug, n.uid AS connection, p.external_id, b.amount, b.enforcement, b.thresholds, b.set_at, b.set_by
         FROM budget b JOIN client c ON c.id = b.client_id LEFT JOIN connection n ON n.id = b.connection_id
         LEFT JOIN project p ON p.id = b.project_id ORDER BY b.id`,
      )
      .map(({ id, slug, thresholds, external_id: externalId, ...values }) => ({
        id,
        key: String(id),
        words: `budget ${id} of client ${slug}`,
        values: {
          ...values,
          client: slug,
          thresholds: JSON.parse(thresholds) as unknown,
          project: externalId === null ? null : { connectionUid: values.connection, externalId },
        },
      })),
  effects: {
    'budget.set': (shown, row) => {
      const { budgetUid, connectionUid: connection, project, amount, usd, enforcement, thresholds } = row.body
      const key = numberIn(row, 'budget')
      // One that is set again keeps the uid that it was made with.
      const uid = shown.get(key)?.['uid'] ?? budgetUid
      change(shown, key, {
        ...(isOperation(row)
          ? { uid, connection, project, amount }
          : { amount: parseMicroUsd(String(usd).replaceAll(',', '')) ?? undefined }),
        client: row.client,
        enforcement,
        thresholds,
        set_at: row.at,
        set_by: row.operator,
      })
    },
    'budget.cleared': (shown, row) => void shown.delete(numberIn(row, 'budget')),
  },
}

interface PriceRow {
  readonly id: number
  readonly model: string
}

/** Prices that people entered, by their number. */
export const priceProof: ProvedTable = {
  table: 'price_pin',
  columns: ['uid', 'client', 'model', 'from_day', 'input', 'cached', 'cache_write', 'output', 'set_at', 'set_by'],
  rows: (reader) =>
    reader
      .all<PriceRow>(
        `SELECT p.id, p.uid, c.slug AS client, p.model, p.from_day, p.input, p.cached, p.cache_write, p.output, p.set_at, p.set_by
         FROM price_pin p LEFT JOIN client c ON c.id = p.client_id ORDER BY p.id`,
      )
      .map(({ id, ...values }) => ({ id, key: String(id), words: `price ${id} of ${values.model}`, values })),
  effects: {
    'price.set': (shown, row) => {
      const { priceUid, from, microUsdPerMillion } = row.body
      const { input, cached, cacheWrite, output } = microUsdPerMillion as Readonly<Record<string, unknown>>
      const key = numberIn(row, 'price')
      change(shown, key, {
        uid: shown.get(key)?.['uid'] ?? priceUid,
        client: row.client,
        model: isOperation(row) ? row.body['model'] : row.subject,
        from_day: dayNumber(computeStart(String(from))),
        input,
        cached,
        cache_write: cacheWrite,
        output,
        set_at: row.at,
        set_by: row.operator,
      })
    },
    'price.cleared': (shown, row) => void shown.delete(numberIn(row, 'price')),
  },
}

interface FolderRow {
  readonly id: number
  readonly path: string
}

/** Watched folders, by their number. */
export const folderProof: ProvedTable = {
  table: 'usage_folder',
  columns: ['uid', 'client', 'path', 'added_at', 'added_by'],
  rows: (reader) =>
    reader
      .all<FolderRow>(
        `SELECT f.id, f.uid, c.slug AS client, f.path, f.added_at, f.added_by
         FROM usage_folder f JOIN client c ON c.id = f.client_id ORDER BY f.id`,
      )
      .map(({ id, ...values }) => ({ id, key: String(id), words: `folder ${id}`, values })),
  effects: {
    'usage.folder-added': (shown, row) => {
      const path = isOperation(row) ? row.body['path'] : row.subject
      const { folderUid: uid } = row.body
      change(shown, numberIn(row, 'folder'), {
        uid,
        path,
        client: row.client,
        added_at: row.at,
        added_by: row.operator,
      })
    },
    'usage.folder-removed': (shown, row) => void shown.delete(numberIn(row, 'folder')),
  },
}

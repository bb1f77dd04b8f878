import { dayNumber } from '../../../../shared/domain/usage/rollups.ts'
import { computeStart } from '../../../../shared/domain/day.ts'
import type { PricePin } from '../../../../shared/domain/usage/price-pin.ts'
import type { Reader } from '../../db/handles.ts'
import { type BudgetTarget, setBudget } from '../../usage/budgets.ts'
import { clientId as findClientId } from '../../clients/slug.ts'
import { removePricePin, setPricePin } from '../../usage/price-pins.ts'
import { change, numberIn, type ProvedTable, type Recorded, type Values } from '../../rows/proved-table.ts'

interface BudgetRow {
  readonly id: number
  readonly slug: string
  readonly thresholds: string
  readonly external_id: string | null
  readonly connection: string | null
}

const toTarget = (client: unknown, connection: unknown, project: unknown): string =>
  [client, connection ?? '-', project ?? '-'].join(' ')

function toBudget({ client, body: { connectionUid, project } }: Recorded): string {
  const { connectionUid: connection, externalId } = (project ?? { connectionUid }) as Readonly<Record<string, unknown>>
  return toTarget(client, connection, externalId)
}

/** What a budget is for; undefined where this register does not have the connection, for this client, or the project. */
function findPlace(reader: Reader, { client, connection, project }: Values): BudgetTarget | undefined {
  return reader.get<BudgetTarget>(
    `SELECT c.id AS clientId, n.id AS connectionId, p.id AS projectId FROM client c
     LEFT JOIN connection n ON n.client_id = c.id AND n.uid = :connection
     LEFT JOIN project p ON p.connection_id = n.id AND p.external_id = :project
     WHERE c.slug = :client AND (:connection IS NULL OR n.id IS NOT NULL) AND (:project IS NULL OR p.id IS NOT NULL)`,
    {
      client: String(client),
      connection: connection as string | null,
      project: (project as { readonly externalId: string } | null)?.externalId ?? null,
    },
  )
}

/** Budgets, by what they are for. */
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
        key: toTarget(slug, values.connection, externalId),
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
      const { budgetUid, connectionUid: connection, project, amount, enforcement, thresholds } = row.body
      const key = toBudget(row)
      // One that is set again keeps the uid that it was made with.
      const uid = shown.get(key)?.['uid'] ?? budgetUid
      change(shown, key, {
        uid,
        client: row.client,
        connection,
        project,
        amount,
        enforcement,
        thresholds,
        set_at: row.at,
        set_by: row.operator,
      })
    },
    'budget.cleared': (shown, row) => void shown.delete(toBudget(row)),
  },
  isHere: (reader, values) => findPlace(reader, values) !== undefined,
  belongsTo: ['connection.added'],
  mend: {
    remove: (writer, { id }) => void writer.run('DELETE FROM budget WHERE id = ?', [id]),
    write: (writer, row, values) => {
      const place = findPlace(writer, values)
      if (place === undefined) return
      const { uid, amount, enforcement, thresholds, set_at: at, set_by: by } = values
      const given = { uid, amount, enforcement, thresholds, at, by } as Parameters<typeof setBudget>[2]
      const id = setBudget(writer, place, given)
      // One that stays has the uid that it was made with.
      if (row !== null) writer.run('UPDATE budget SET uid = ? WHERE id = ?', [String(uid), id])
    },
  },
}

interface PriceRow {
  readonly id: number
  readonly client: string | null
  readonly model: string
  readonly from_day: number
}

const toPrice = (client: unknown, model: unknown, from: unknown): string => [client ?? '-', model, from].join(' ')

const toPin = ({ client, body: { model, from } }: Recorded): string =>
  toPrice(client, model, dayNumber(computeStart(String(from))))

/** Prices that people entered, by client, model and first day. */
export const priceProof: ProvedTable = {
  table: 'price_pin',
  columns: ['uid', 'client', 'model', 'from_day', 'input', 'cached', 'cache_write', 'output', 'set_at', 'set_by'],
  rows: (reader) =>
    reader
      .all<PriceRow>(
        `SELECT p.id, p.uid, c.slug AS client, p.model, p.from_day, p.input, p.cached, p.cache_write, p.output, p.set_at, p.set_by
         FROM price_pin p LEFT JOIN client c ON c.id = p.client_id ORDER BY p.id`,
      )
      .map(({ id, ...values }) => ({
        id,
        key: toPrice(values.client, values.model, values.from_day),
        words: `price ${id} of ${values.model}`,
        values,
      })),
  effects: {
    'price.set': (shown, row) => {
      const { priceUid, model, from, microUsdPerMillion } = row.body
      const { input, cached, cacheWrite, output } = microUsdPerMillion as Readonly<Record<string, unknown>>
      const key = toPin(row)
      change(shown, key, {
        uid: shown.get(key)?.['uid'] ?? priceUid,
        client: row.client,
        model,
        from_day: dayNumber(computeStart(String(from))),
        input,
        cached,
        cache_write: cacheWrite,
        output,
        set_at: row.at,
        set_by: row.operator,
      })
    },
    'price.cleared': (shown, row) => void shown.delete(toPin(row)),
  },
  mend: {
    remove: (writer, { id }) => removePricePin(writer, id),
    write: (writer, row, values) => {
      const {
        uid,
        client,
        model,
        from_day: from,
        input,
        cached,
        cache_write: cacheWrite,
        output,
        set_at: at,
        set_by: by,
      } = values
      const slug = client as string | null
      const clientId = slug === null ? null : findClientId(writer, slug)
      const pin = { clientId, model, from, input, cached, cacheWrite, output } as PricePin
      const id = setPricePin(writer, pin, { at, by, uid } as Parameters<typeof setPricePin>[2])
      // One that stays has the uid that it was made with.
      if (row !== null) writer.run('UPDATE price_pin SET uid = ? WHERE id = ?', [String(uid), id])
    },
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
      const { folderUid: uid, path } = row.body
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

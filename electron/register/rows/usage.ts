import { BUDGETS, FOLDERS, placePrice, PRICES, type StoredBudget } from '../../../shared/decisions/usage.ts'
import type { Reader } from '../db/handles.ts'
import { referToClient, referToOwner } from './refer.ts'
import { tableOf } from './table-of.ts'

interface Target {
  readonly client_id: number
  readonly connection_id: number | null
  readonly project_id: number | null
}

/** The target of a budget; null where this register does not have the connection, for this client, or the project. */
function referToTarget(
  reader: Reader,
  { client, connection, project }: StoredBudget,
): Record<keyof Target, number | null> | null {
  const target = reader.get<Target>(
    `SELECT c.id AS client_id, n.id AS connection_id, p.id AS project_id FROM client c
     LEFT JOIN connection n ON n.client_id = c.id AND n.uid = :connection
     LEFT JOIN project p ON p.connection_id = n.id AND p.external_id = :project
     WHERE c.slug = :client AND (:connection IS NULL OR n.id IS NOT NULL) AND (:project IS NULL OR p.id IS NOT NULL)`,
    { client, connection, project: project?.externalId ?? null },
  )
  return target === undefined ? null : { ...target }
}

const END_HISTORY = `INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
  SELECT client_id, ifnull(connection_id, 0), ifnull(project_id, 0), NULL, max(set_at, :at) FROM budget WHERE id = :id`

export const budgetTable = tableOf({
  decisions: BUDGETS,
  from: `budget b JOIN client c ON c.id = b.client_id LEFT JOIN connection n ON n.id = b.connection_id
    LEFT JOIN project p ON p.id = b.project_id`,
  columns: ['uid', 'amount', 'enforcement', 'thresholds', 'set_at', 'set_by'],
  named: {
    client: 'c.slug',
    connection: 'n.uid',
    project: "iif(p.id IS NULL, NULL, json_object('connectionUid', n.uid, 'externalId', p.external_id))",
  },
  json: ['thresholds', 'project'],
  refer: referToTarget,
  group: ({ client, body: { connectionUid, project } }) => [
    'c.slug = ? AND n.uid IS ? AND p.external_id IS ?',
    [client ?? '', connectionUid, project?.externalId ?? null],
  ],
  words: ({ client }, id) => `budget ${id} of client ${client}`,
  number: 'budget',
  belongsTo: ['connection.added'],
  remove: (writer, { id, decision }) => {
    // The budget until its end is in its history.
    if (decision !== null) writer.run(END_HISTORY, { id, at: decision.at })
    writer.run('DELETE FROM budget WHERE id = ?', [id])
  },
})

/** Estimates that used a price are not changed with it: see `estimateAnew`. */
export const priceTable = tableOf({
  decisions: PRICES,
  from: 'price_pin p LEFT JOIN client c ON c.id = p.client_id',
  columns: ['uid', 'model', 'from_day', 'input', 'cached', 'cache_write', 'output', 'set_at', 'set_by'],
  named: { client: 'c.slug' },
  refer: referToOwner,
  group: (decision) => {
    const { client, model, from_day: from } = placePrice(decision)
    return ['c.slug IS ? AND p.model = ? AND p.from_day = ?', [client, model, from]]
  },
  words: ({ model }, id) => `price ${id} of ${model}`,
  number: 'price',
})

/** The results of a folder's files go with it; imported usage is kept. */
export const folderTable = tableOf({
  decisions: FOLDERS,
  from: 'usage_folder f JOIN client c ON c.id = f.client_id',
  columns: ['uid', 'path', 'added_at', 'added_by'],
  named: { client: 'c.slug' },
  refer: referToClient,
  group: ({ body: { folderUid } }) => ['f.uid = ?', [folderUid]],
  words: (_, id) => `folder ${id}`,
  number: 'folder',
})

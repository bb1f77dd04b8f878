import { type ConnectionChange, removeConnection, updateConnection } from '../../connections/connection.ts'
import { tallyConnection } from '../../facts/tallies.ts'
import {
  change,
  changeExisting,
  isOperation,
  moveOlder,
  numberIn,
  type ProvedTable,
  type Recorded,
  type Shown,
} from './table.ts'

interface ConnectionRow {
  readonly id: number
  readonly uid: string | null
}

const toKey = (shown: Shown, row: Recorded): string =>
  isOperation(row)
    ? moveOlder(shown, String(row.body['connectionUid']), row.body['connection'])
    : numberIn(row, 'connection')

/** Connections that an import of files made before that was an operation of its own: only their client is recorded. */
function findImported(shown: Shown, { body, client }: Recorded): void {
  const { organizations } = body
  if (!Array.isArray(organizations)) return
  for (const organization of organizations as readonly Readonly<Record<string, unknown>>[]) {
    const { connection, connectionUid } = organization
    const isShown = shown.has(String(connection)) || shown.has(String(connectionUid))
    if (typeof connection === 'number' && !isShown) change(shown, String(connection), { client })
  }
}

/**
 * Connections, by their uid, and by their number where a row of the journal is older. Rows of the journal from before operations lack the provider's platform and organization
 * that one was added with; what syncs report of these later is in the readings.
 */
export const connectionProof: ProvedTable = {
  table: 'connection',
  part: 'all but what the provider reports of it',
  columns: ['uid', 'client', 'provider', 'label', 'base_url', 'access', 'created_at', 'removed_at'],
  rows: (reader) =>
    reader
      .all<ConnectionRow>(
        `SELECT n.id, n.uid, c.slug AS client, n.provider, n.label, n.base_url, n.access, n.created_at, n.removed_at
         FROM connection n JOIN client c ON c.id = n.client_id ORDER BY n.id`,
      )
      .map(({ id, uid, ...values }) => ({
        id,
        key: uid ?? '',
        older: String(id),
        words: `connection ${id}`,
        values: { uid, ...values },
      })),
  effects: {
    'connection.added': (shown, row) => {
      const { connectionUid: uid, provider, baseUrl, access } = row.body
      const label = isOperation(row) ? row.body['label'] : row.subject
      const key = toKey(shown, row)
      // What exists is not added again.
      if (isOperation(row) && shown.get(key)?.['uid'] !== undefined) return
      change(shown, key, {
        uid,
        client: row.client,
        provider,
        label,
        base_url: baseUrl,
        access,
        created_at: row.at,
        removed_at: null,
      })
    },
    'connection.changed': (shown, row, hasOlder) => {
      const { label, baseUrl, access } = row.body
      changeExisting(shown, toKey(shown, row), { label, base_url: baseUrl, access }, hasOlder || !isOperation(row))
    },
    'connection.removed': (shown, row, hasOlder) =>
      changeExisting(shown, toKey(shown, row), { removed_at: row.at }, hasOlder || !isOperation(row)),
    'file.imported': (shown, row) => findImported(shown, row),
  },
  isPutAway: ({ values }) => values['removed_at'] === values['created_at'],
  mend: {
    // Other rows refer to it, so one that no member had the right to add is put away.
    remove: (writer, { id, values }) => removeConnection(writer, id, Number(values['created_at'])),
    write: (writer, row, values) => {
      if (row === null) throw new Error(`The connection ${String(values['uid'])} is missing.`)
      const { label, base_url: baseUrl, access, removed_at: removedAt } = values
      updateConnection(writer, row.id, { label, baseUrl, access } as ConnectionChange)
      writer.run('UPDATE connection SET removed_at = ? WHERE id = ?', [removedAt as number | null, row.id])
      tallyConnection(writer, row.id)
    },
  },
}

import { type ConnectionChange, removeConnection, updateConnection } from '../../connections/connection.ts'
import { tallyConnection } from '../../facts/tallies.ts'
import { change, changeExisting, type ProvedTable, type Recorded } from '../../rows/proved-table.ts'

interface ConnectionRow {
  readonly id: number
  readonly uid: string | null
}

const toKey = ({ body }: Recorded): string => String(body['connectionUid'])

/** Connections, by their uid. What syncs report of the provider's platform and organization is in the readings. */
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
        words: `connection ${id}`,
        values: { uid, ...values },
      })),
  effects: {
    'connection.added': (shown, row) => {
      const { connectionUid: uid, provider, label, baseUrl, access } = row.body
      const key = toKey(row)
      // What exists is not added again.
      if (shown.get(key)?.['uid'] !== undefined) return
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
    'connection.changed': (shown, row, isInvented) => {
      const { label, baseUrl, access } = row.body
      changeExisting(shown, toKey(row), { label, base_url: baseUrl, access }, isInvented)
    },
    'connection.removed': (shown, row, isInvented) =>
      changeExisting(shown, toKey(row), { removed_at: row.at }, isInvented),
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

import { change, isOperation, numberIn, type ProvedTable, type Recorded, type Shown } from './table.ts'

interface ConnectionRow {
  readonly id: number
}

/** Connections that an import of files made before that was an operation of its own: only their client is recorded. */
function findImported(shown: Shown, { body, client }: Recorded): void {
  const { organizations } = body
  if (!Array.isArray(organizations)) return
  for (const organization of organizations as readonly Readonly<Record<string, unknown>>[]) {
    const { connection } = organization
    if (typeof connection === 'number' && !shown.has(String(connection))) change(shown, String(connection), { client })
  }
}

/**
 * Connections, by their number. Rows of the journal from before operations lack the provider's platform and organization
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
      .map(({ id, ...values }) => ({ id, key: String(id), words: `connection ${id}`, values: { ...values } })),
  effects: {
    'connection.added': (shown, row) => {
      const { connectionUid: uid, provider, baseUrl, access } = row.body
      const label = isOperation(row) ? row.body['label'] : row.subject
      change(shown, numberIn(row, 'connection'), {
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
    'connection.changed': (shown, row) => {
      const { label, baseUrl, access } = row.body
      change(shown, numberIn(row, 'connection'), { label, base_url: baseUrl, access })
    },
    'connection.removed': (shown, row) => change(shown, numberIn(row, 'connection'), { removed_at: row.at }),
    'file.imported': (shown, row) => findImported(shown, row),
  },
}

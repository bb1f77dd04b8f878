import { change, isOperation, type ProvedTable } from './table.ts'

interface ClientRow {
  readonly id: number
  readonly slug: string
  readonly domains: string
}

/** Clients, by their slug. Older rows of the journal lack the colour and the notes that a client was added with. */
export const clientProof: ProvedTable = {
  table: 'client',
  columns: ['uid', 'name', 'kind', 'colour', 'domains', 'notes', 'created_at', 'archived_at'],
  rows: (reader) =>
    reader
      .all<ClientRow>(
        'SELECT id, slug, uid, name, kind, colour, domains, notes, created_at, archived_at FROM client ORDER BY id',
      )
      .map(({ id, slug, ...values }) => ({
        id,
        key: slug,
        words: `client ${slug}`,
        values: { ...values, domains: JSON.parse(values.domains) as unknown },
      })),
  effects: {
    'client.added': (shown, row) => {
      const { clientUid: uid, kind, colour, domains, notes } = row.body
      const name = isOperation(row) ? row.body['name'] : row.subject
      change(shown, row.client ?? '', {
        uid,
        name,
        kind,
        colour,
        domains,
        notes,
        created_at: row.at,
        archived_at: null,
      })
    },
    'client.changed': (shown, { client, body: { name, kind, colour, domains, notes } }) =>
      change(shown, client ?? '', { name, kind, colour, domains, notes }),
    'client.archived': (shown, { client, at }) => change(shown, client ?? '', { archived_at: at }),
    'client.restored': (shown, { client }) => change(shown, client ?? '', { archived_at: null }),
  },
}

import { type ClientChange, setClientArchived, updateClient } from '../../clients/client.ts'
import { change, type ProvedTable } from '../../rows/proved-table.ts'

interface ClientRow {
  readonly id: number
  readonly slug: string
  readonly domains: string
}

/** Clients, by their slug. */
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
      const { clientUid: uid, name, kind, colour, domains, notes } = row.body
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
  isPutAway: ({ values }) => values['archived_at'] === values['created_at'],
  mend: {
    // Other rows refer to it, so one that no member had the right to add is put away.
    remove: (writer, { id, values }) =>
      void writer.run('UPDATE client SET archived_at = ? WHERE id = ?', [Number(values['created_at']), id]),
    write: (writer, row, values) => {
      const { uid, name, kind, colour, domains, notes, created_at: at, archived_at: archivedAt } = values
      const change = { name, kind, colour, domains, notes } as ClientChange
      if (row === null) throw new Error(`The client ${String(uid)} is missing.`)
      updateClient(writer, row.key, change)
      writer.run('UPDATE client SET uid = ?, created_at = ? WHERE id = ?', [String(uid), Number(at), row.id])
      setClientArchived(writer, row.key, archivedAt as number | null)
    },
  },
}

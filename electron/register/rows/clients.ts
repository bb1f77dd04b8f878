import { CLIENTS } from '../../../shared/decisions/clients.ts'
import { isVoid } from './refer.ts'
import { tableOf } from './table-of.ts'

export const clientTable = tableOf({
  decisions: CLIENTS,
  from: 'client c',
  columns: ['slug', 'uid', 'name', 'kind', 'colour', 'domains', 'notes', 'created_at', 'archived_at'],
  json: ['domains'],
  group: ({ client }) => ['c.slug = ?', [client ?? '']],
  words: ({ slug }) => `client ${slug}`,
  remove: (writer, { id, row }) =>
    void writer.run('UPDATE client SET archived_at = ? WHERE id = ?', [row.created_at, id]),
  isPutAway: ({ slug, created_at: createdAt, archived_at: archivedAt }, reader) =>
    archivedAt === createdAt && isVoid(reader, { kind: 'client.added', by: 'j.client', name: slug }),
})

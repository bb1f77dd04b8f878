import type { Client } from '../../../../shared/contract/clients.ts'
import { dayField } from '../../kit/fields.ts'
import type { Field } from '../../kit/listing.ts'
import { isoTime } from '../../kit/text/when.ts'

export const CLIENT_FIELDS: readonly Field<Client>[] = [
  { key: 'slug', json: (row) => row.slug, column: { title: 'Slug' } },
  { key: 'name', json: (row) => row.name, column: { title: 'Client', flexible: true } },
  { key: 'kind', json: (row) => row.kind, column: { title: 'Kind' } },
  { key: 'colour', json: (row) => row.colour, column: { title: 'Colour' } },
  { key: 'domains', json: (row) => row.domains.join(' '), column: { title: 'Domains', flexible: true } },
  { key: 'notes', json: (row) => row.notes },
  { key: 'connections', json: (row) => row.connections, column: { title: 'Connections', align: 'right' } },
  { key: 'createdAt', json: (row) => isoTime(row.createdAt) },
  dayField('archivedAt', { title: 'Archived' }, (row) => row.archivedAt),
]

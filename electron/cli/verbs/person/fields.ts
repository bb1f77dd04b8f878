import type { PersonRow } from '../../../../shared/contract/people.ts'
import { dayField } from '../../kit/fields.ts'
import type { Field } from '../../kit/listing.ts'
import { dayCell, isoTime } from '../../kit/text/when.ts'

export const PERSON_FIELDS: readonly Field<PersonRow>[] = [
  { key: 'personId', json: (row) => row.personId, column: { title: 'ID', align: 'right' } },
  { key: 'name', json: (row) => row.name, column: { title: 'Person', flexible: true, keep: 18 } },
  { key: 'email', json: (row) => row.email, column: { title: 'E-mail', flexible: true } },
  { key: 'level', json: (row) => row.level, column: { title: 'Level' } },
  { key: 'privileged', json: (row) => row.privileged },
  { key: 'status', json: (row) => row.status, column: { title: 'Status' } },
  { key: 'external', json: (row) => row.external, column: { title: 'External', optional: true } },
  { key: 'departed', json: (row) => row.departed, column: { title: 'Left' } },
  {
    key: 'clients',
    json: (row) => row.clients.map((client) => client.slug).join(' '),
    column: { title: 'Clients', flexible: true, keep: 17 },
  },
  { key: 'connections', json: (row) => row.connections },
  { key: 'projects', json: (row) => row.projects, column: { title: 'Projects', align: 'right', optional: true } },
  { key: 'keys', json: (row) => row.keys, column: { title: 'Keys', align: 'right', optional: true } },
  {
    ...dayField<PersonRow>('lastUsedAt', { title: 'Last used', optional: true }, (row) => row.lastUsedAt),
    cell: ({ lastUsedAt, knownUseAt }) =>
      knownUseAt === null ? dayCell(lastUsedAt) : `${dayCell(knownUseAt)} or later`,
  },
  { key: 'knownUseAt', json: (row) => isoTime(row.knownUseAt) },
  { key: 'lastReviewedOn', json: (row) => row.lastReviewedOn, column: { title: 'Last review', optional: true } },
]

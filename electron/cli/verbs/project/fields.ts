import type { ProjectRow } from '../../../../shared/contract/projects.ts'
import type { Field } from '../../kit/listing.ts'
import { isoTime } from '../../kit/text/when.ts'

export const PROJECT_FIELDS: readonly Field<ProjectRow>[] = [
  { key: 'projectId', json: (row) => row.projectId, column: { title: 'ID', align: 'right' } },
  { key: 'name', json: (row) => row.name, column: { title: 'Project', flexible: true } },
  { key: 'externalId', json: (row) => row.externalId },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'connectionId', json: (row) => row.connection.id },
  { key: 'connection', json: (row) => row.connection.label, column: { title: 'Connection', flexible: true } },
  { key: 'provider', json: (row) => row.connection.provider },
  { key: 'status', json: (row) => row.status, column: { title: 'Status' } },
  { key: 'isDefault', json: (row) => row.isDefault },
  { key: 'createdAt', json: (row) => isoTime(row.createdAt) },
  { key: 'archivedAt', json: (row) => isoTime(row.archivedAt) },
  { key: 'residency', json: (row) => row.residency },
  { key: 'tags', json: (row) => row.tags.join(', ') },
  { key: 'people', json: (row) => row.people, column: { title: 'People', align: 'right' } },
  {
    key: 'serviceAccounts',
    json: (row) => row.serviceAccounts,
    column: { title: 'Service accounts', align: 'right' },
  },
  { key: 'keys', json: (row) => row.keys, column: { title: 'Keys', align: 'right' } },
  { key: 'limits', json: (row) => row.limits, column: { title: 'Limits', align: 'right' } },
]

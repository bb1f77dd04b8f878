import type { CertificateRow } from '../../../shared/contract/access.ts'
import { CONNECTION_FIELDS, dayField } from '../kit/fields.ts'
import type { Field } from '../kit/listing.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

const CERTIFICATE_FIELDS: readonly Field<CertificateRow>[] = [
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'externalId', json: (row) => row.externalId },
  { key: 'name', json: (row) => row.name, column: { title: 'Certificate', flexible: true } },
  { key: 'projectId', json: (row) => row.project?.id ?? null },
  {
    key: 'project',
    json: (row) => row.project?.name ?? null,
    column: { title: 'Project', flexible: true },
    cell: (row) => (row.project === null ? '(organization)' : shown(row.project.name)),
  },
  { key: 'active', json: (row) => row.active, column: { title: 'Active' }, cell: (row) => (row.active ? 'yes' : 'no') },
  dayField('validAt', { title: 'Valid from' }, (row) => row.validAt),
  dayField('expiresAt', { title: 'Expires' }, (row) => row.expiresAt),
]

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list client certificates, where they are active and when they expire')
    .about({ calls: 'access.certificates', example: '--client acme' })
  defineListVerb<CertificateRow>(list, act, {
    fields: CERTIFICATE_FIELDS,
    empty: 'No certificates.',
    read: (api, asked) => (slice) => api.access.certificates({ ...asked, sort: { by: 'client' }, ...slice }),
  })
}

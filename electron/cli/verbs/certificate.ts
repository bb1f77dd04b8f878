import type { CertificateRow } from '../../../shared/contract/access.ts'
import {
  clientField,
  connectionFields,
  flagged,
  instant,
  json,
  plain,
  projectField,
  text,
} from '../../../shared/nouns/noun.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { makeFields } from '../kit/noun.ts'
import type { DefineVerb } from '../kit/run.ts'

const CERTIFICATE_FIELDS = makeFields<CertificateRow>(
  {
    client: clientField({}),
    ...connectionFields({}),
    ...plain('externalId'),
    name: text('Certificate', { table: { flexible: true } }),
    projectId: json((row) => row.project?.id ?? null),
    project: projectField({ table: { flexible: true } }),
    active: flagged('Active', { table: {} }),
    validAt: instant('Valid from', { table: {} }),
    expiresAt: instant('Expires', { table: {} }),
  },
  { active: (row) => (row.active ? 'yes' : 'no') },
)

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

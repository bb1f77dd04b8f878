import type { RestrictionRow } from '../../../shared/contract/access.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { CONNECTION_FIELDS } from '../kit/fields.ts'
import type { Field } from '../kit/listing.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

/** Describes the things that it narrows. */
function describeReach({ keys, members }: RestrictionRow): string {
  if (keys === null && members === null) return 'everything'
  return `${counted(keys ?? 0, 'key')}, ${counted(members ?? 0, 'user')}`
}

const RESTRICTION_FIELDS: readonly Field<RestrictionRow>[] = [
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'externalId', json: (row) => row.externalId },
  { key: 'kind', json: (row) => row.kind, column: { title: 'Kind' } },
  { key: 'name', json: (row) => row.name, column: { title: 'Restriction', flexible: true } },
  { key: 'projectId', json: (row) => row.project?.id ?? null },
  {
    key: 'project',
    json: (row) => row.project?.name ?? null,
    column: { title: 'Project', flexible: true },
    cell: (row) => (row.project === null ? '(organization)' : shown(row.project.name)),
  },
  {
    key: 'terms',
    json: (row) => row.terms.join('; '),
    column: { title: 'Permits', flexible: true },
    cell: (row) => shown(row.terms.join('; ')),
  },
  { key: 'keys', json: (row) => row.keys, column: { title: 'Narrows' }, cell: describeReach },
  { key: 'members', json: (row) => row.members },
]

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list guardrails, permitted models and who may use a deposited key')
    .about({ calls: 'access.restrictions', example: '--client acme' })
  defineListVerb<RestrictionRow>(list, act, {
    fields: RESTRICTION_FIELDS,
    empty: 'No restrictions.',
    read: (api, asked) => (slice) => api.access.restrictions({ ...asked, ...slice }),
  })
}

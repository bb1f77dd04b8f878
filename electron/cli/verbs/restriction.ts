import type { RestrictionRow } from '../../../shared/contract/access.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { clientField, connectionFields, json, plain, text } from '../../../shared/nouns/noun.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { makeFields } from '../kit/noun.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

/** Describes the things that it narrows. */
function describeReach({ keys, members }: RestrictionRow): string {
  if (keys === null && members === null) return 'everything'
  return `${counted(keys ?? 0, 'key')}, ${counted(members ?? 0, 'user')}`
}

const RESTRICTION_FIELDS = makeFields<RestrictionRow>(
  {
    client: clientField({}),
    ...connectionFields({}),
    ...plain('externalId'),
    kind: text('Kind', { table: {} }),
    name: text('Restriction', { table: { flexible: true } }),
    projectId: json((row) => row.project?.id ?? null),
    project: text('Project', { table: { flexible: true } }, (row) => row.project?.name ?? null),
    terms: text('Permits', { table: { flexible: true } }, (row) => row.terms.join('; ')),
    keys: text('Narrows', { table: {} }),
    ...plain('members'),
  },
  {
    project: (row) => (row.project === null ? '(organization)' : shown(row.project.name)),
    terms: (row) => shown(row.terms.join('; ')),
    keys: describeReach,
  },
)

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

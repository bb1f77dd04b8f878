import type { RateLimitRow } from '../../../shared/contract/budgets.ts'
import { setByFields } from './budget/fields.ts'
import type { Field } from '../kit/listing.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import type { DefineVerb } from '../kit/run.ts'
import { dayCell, isoTime } from '../kit/text/when.ts'

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list rate limits by project and model, and what they were before')
    .about({ calls: 'budgets.rates', example: '--changed' })
    .option('--changed', 'only those that were another amount before')
  defineListVerb<RateLimitRow, { readonly changed?: boolean }>(list, act, {
    fields: RATE_FIELDS,
    empty: 'No rate limits.',
    read: (api, asked) => (slice) => api.budgets.rates({ ...asked, ...slice }),
    limit: 500,
  })
}

const RATE_FIELDS: readonly Field<RateLimitRow>[] = [
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'connectionId', json: (row) => row.connection.id },
  { key: 'connection', json: (row) => row.connection.label, column: { title: 'Connection', flexible: true } },
  { key: 'projectId', json: (row) => row.project?.id ?? null },
  { key: 'project', json: (row) => row.project?.name ?? null, column: { title: 'Project', flexible: true } },
  { key: 'model', json: (row) => row.model, column: { title: 'Model', flexible: true } },
  { key: 'metric', json: (row) => row.metric, column: { title: 'Metric', flexible: true } },
  { key: 'amount', json: (row) => row.amount, column: { title: 'Limit', align: 'right' } },
  { key: 'period', json: (row) => row.period, column: { title: 'Per' } },
  { key: 'before', json: (row) => row.before?.amount ?? null, column: { title: 'Before', align: 'right' } },
  {
    key: 'changedAt',
    json: (row) => isoTime(row.before?.until ?? null),
    column: { title: 'Changed' },
    cell: (row) => dayCell(row.before?.until ?? null),
  },
  ...setByFields<RateLimitRow>(),
]

import type { PlanRow } from '../../../../shared/contract/plans.ts'
import { clientField, count, flagged, instant, minute, plain, text } from '../../../../shared/nouns/noun.ts'
import type { Command } from '../../kit/command.ts'
import type { Act } from '../../kit/run.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { makeFields } from '../../kit/noun.ts'

const FIELDS = makeFields<PlanRow>({
  planId: count('Plan', { table: {} }),
  title: text('Title', { table: { flexible: true } }),
  client: clientField({}),
  ...plain('company'),
  active: flagged('Active', { table: {} }),
  version: count('Version', { table: {} }),
  ...plain('organizations'),
  projects: count('Projects', { table: {} }),
  keys: count('Keys', { table: {} }),
  errors: count('Errors', { table: {} }),
  warnings: count('Warnings', { table: {} }),
  createdAt: instant(''),
  savedAt: minute('Saved', { table: {} }),
  ...plain('savedBy'),
})

export function defineList(command: Command, act: Act): void {
  const list = command
    .command('list')
    .description('List the plans of clients, the active one first.')
    .about({ calls: 'plan.list', example: '--client acme' })
  defineListVerb<PlanRow>(list, act, {
    fields: FIELDS,
    empty: 'No plans. Make one: castellan plan new --template exercise --client SLUG',
    read: (api, asked) => api.plan.list(asked),
  })
}

import type { PlanRow } from '../../../../shared/contract/plans.ts'
import type { Command } from '../../kit/command.ts'
import type { Field } from '../../kit/listing.ts'
import type { Act } from '../../kit/run.ts'
import { isoTime } from '../../kit/text/when.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { minuteField } from '../../kit/fields.ts'

const FIELDS: readonly Field<PlanRow>[] = [
  { key: 'planId', json: (row) => row.planId, column: { title: 'Plan', align: 'right' } },
  { key: 'title', json: (row) => row.title, column: { title: 'Title', flexible: true } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'company', json: (row) => row.company },
  { key: 'active', json: (row) => row.active, column: { title: 'Active' } },
  { key: 'version', json: (row) => row.version, column: { title: 'Version', align: 'right' } },
  { key: 'organizations', json: (row) => row.organizations },
  { key: 'projects', json: (row) => row.projects, column: { title: 'Projects', align: 'right' } },
  { key: 'keys', json: (row) => row.keys, column: { title: 'Keys', align: 'right' } },
  { key: 'errors', json: (row) => row.errors, column: { title: 'Errors', align: 'right' } },
  { key: 'warnings', json: (row) => row.warnings, column: { title: 'Warnings', align: 'right' } },
  { key: 'createdAt', json: (row) => isoTime(row.createdAt) },
  minuteField('savedAt', { title: 'Saved' }, (row) => row.savedAt),
  { key: 'savedBy', json: (row) => row.savedBy },
]

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

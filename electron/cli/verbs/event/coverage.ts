import type { EventLog } from '../../../../shared/contract/events.ts'
import { coverageWord } from '../../../../shared/domain/coverage.ts'
import type { Command } from '../../kit/command.ts'
import { CONNECTION_FIELDS, minuteField } from '../../kit/fields.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import type { Field } from '../../kit/listing.ts'
import type { Act } from '../../kit/run.ts'

const FIELDS: readonly Field<EventLog>[] = [
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'provider', json: (row) => row.connection.provider },
  {
    key: 'state',
    json: (row) => row.state,
    column: { title: 'State' },
    cell: (row) => coverageWord(row.state ?? 'not-synced'),
  },
  minuteField('from', { title: 'Known from' }, (row) => row.from),
  minuteField('to', { title: 'To' }, (row) => row.to),
  { key: 'unread', json: (row) => row.unread.length, column: { title: 'Still to read', align: 'right' } },
  { key: 'gaps', json: (row) => row.gaps.length, column: { title: 'Gaps', align: 'right' } },
  { key: 'reason', json: (row) => row.reason, column: { title: 'Reason', sentence: true } },
]

/** `event coverage`. */
export function defineCoverage(command: Command, act: Act): void {
  const coverage = command
    .command('coverage')
    .summary('show how far the log of each connection is read')
    .about({ calls: 'events.logs', example: '--client acme' })
  defineListVerb<EventLog>(coverage, act, {
    fields: FIELDS,
    empty: 'No connections.',
    read: (api, asked) => api.events.logs(asked),
  })
}

import type { EventLog } from '../../../../shared/contract/events.ts'
import { coverageWord } from '../../../../shared/domain/coverage.ts'
import { clientField, connectionFields, count, json, minute, text } from '../../../../shared/nouns/noun.ts'
import type { Command } from '../../kit/command.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { makeFields } from '../../kit/noun.ts'
import type { Act } from '../../kit/run.ts'

const FIELDS = makeFields<EventLog>(
  {
    client: clientField({}),
    ...connectionFields({}),
    provider: json((row) => row.connection.provider),
    state: text('State', { table: {} }),
    from: minute('Known from', { table: {} }),
    to: minute('To', { table: {} }),
    unread: count('Still to read', { table: {} }, (row) => row.unread.length),
    gaps: count('Gaps', { table: {} }, (row) => row.gaps.length),
    reason: text('Reason', { table: { sentence: true } }),
  },
  { state: (row) => coverageWord(row.state ?? 'not-synced') },
)

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

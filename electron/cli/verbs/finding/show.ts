import { Option } from 'commander'

import type { Outputs } from '../../../../shared/contract/contract.ts'
import {
  CERTAINTY_FILTERS,
  FINDING_GROUPS,
  type FindingGroup,
  type FindingGrouping,
} from '../../../../shared/contract/findings.ts'
import { capitalize } from '../../../../shared/domain/capitalize.ts'
import type { Command } from '../../kit/command.ts'
import type { Field } from '../../kit/listing.ts'
import { printSheet } from '../../kit/sheet.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act } from '../../kit/run.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { makeFields } from '../../kit/noun.ts'
import { SEVERITIES } from '../../../../shared/domain/findings/severity.ts'
import { count, json, plain, text } from '../../../../shared/nouns/noun.ts'
import { DETAIL_FIELDS, toFindingSheet } from './sheet.ts'

type Rule = Outputs['findings']['rules'][number]
type Point = Outputs['findings']['trend'][number]

const RULES = makeFields<Rule>({
  rule: text('Rule', { table: {} }, (row) => row.id),
  severity: text('Severity', { table: {} }),
  certainty: text('Certainty', { table: {} }),
  title: text('Finding', { table: { flexible: true } }),
  ...plain('subject', 'reads', 'remediation', 'doubt'),
  controls: json((row) => row.controls.join(', ')),
})

const GROUPS = makeFields<FindingGroup>({
  name: text('Name', { table: { flexible: true } }),
  ...plain('rule', 'certainty'),
  client: json((row) => row.client?.slug ?? null),
  subjectKind: json((row) => row.subject?.kind ?? null),
  subjectId: json((row) => row.subject?.id ?? null),
  worst: text('Highest severity', { table: {} }),
  count: count('Findings', { table: {} }),
})

const TREND: readonly Field<Point>[] = [
  { key: 'day', json: (row) => row.day, column: { title: 'Day' } },
  ...SEVERITIES.map((severity) => ({
    key: severity,
    json: ({ counts }: Point) => counts[severity] ?? 0,
    column: { title: capitalize(severity), align: 'right' as const },
  })),
]

interface GroupOptions {
  readonly by: FindingGrouping
  readonly certainty?: (typeof CERTAINTY_FILTERS)[number]
}

/** The option that lists findings that the policy leaves uncounted. */
export function certaintyOption(): Option {
  return new Option(
    '--certainty <level>',
    'findings of this level, also those that the policy leaves uncounted; without it: the counted ones',
  ).choices(CERTAINTY_FILTERS)
}

/** `finding show`, `finding count`, `finding rule list` and `finding trend`. */
export function defineShow(command: Command, act: Act): void {
  const show = command
    .command('show')
    .description('Show a finding with its evidence, its rule and what to do about it.')
    .about({ calls: 'findings.get', example: '7' })
    .argument('<id>', 'its number: findingId of castellan finding list --json', wholeNumber)
  show.prints([{ key: 'thing' }, { key: 'title' }, ...DETAIL_FIELDS, { key: 'evidence (by name)' }, { key: 'next' }])
  act<object, [number]>(show, (run, _options, findingId) =>
    run.withApi('read', async (api) => printSheet(run, toFindingSheet(await api.findings.get({ findingId })))),
  )

  const count = command
    .command('count')
    .description('Count the open findings by rule, client or subject, the most severe first.')
    .about({ calls: 'findings.groups --by', example: '--by client' })
    .addOption(new Option('--by <what>', 'group by this').choices(FINDING_GROUPS).default('rule'))
    .addOption(certaintyOption())
  defineListVerb<FindingGroup, GroupOptions>(count, act, {
    fields: GROUPS,
    empty: 'No findings.',
    read: (api, asked) => (slice) => api.findings.groups({ ...asked, ...slice }),
  })

  const rules = command
    .command('rule')
    .summary('the rules that findings are made by')
    .command('list')
    .description('List the rules that findings are made by.')
    .about({ calls: 'findings.rules' })
  defineListVerb(rules, act, { fields: RULES, empty: '', read: (api) => api.findings.rules() })

  const trend = command
    .command('trend')
    .description('List how many findings there were after each day on which that changed.')
    .about({ calls: 'findings.trend', example: '--client acme' })
  defineListVerb(trend, act, {
    fields: TREND,
    empty: 'No findings yet.',
    read: (api, asked) => api.findings.trend(asked),
  })
}

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
import { describeKeys } from '../../kit/describe-keys.ts'
import type { Field } from '../../kit/listing.ts'
import { printSheet } from '../../kit/sheet.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act } from '../../kit/run.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { SEVERITIES } from '../../../../shared/domain/findings/severity.ts'
import { plain } from '../../kit/fields.ts'
import { DETAIL_FIELDS, toFindingSheet } from './sheet.ts'

type Rule = Outputs['findings']['rules'][number]
type Point = Outputs['findings']['trend'][number]

const RULES: readonly Field<Rule>[] = [
  { key: 'rule', json: (row) => row.id, column: { title: 'Rule' } },
  { key: 'severity', json: (row) => row.severity, column: { title: 'Severity' } },
  { key: 'certainty', json: (row) => row.certainty, column: { title: 'Certainty' } },
  { key: 'title', json: (row) => row.title, column: { title: 'Finding', flexible: true } },
  ...plain('subject', 'reads', 'remediation', 'doubt'),
  { key: 'controls', json: (row) => row.controls.join(', ') },
]

const GROUPS: readonly Field<FindingGroup>[] = [
  { key: 'name', json: (row) => row.name, column: { title: 'Name', flexible: true } },
  { key: 'rule', json: (row) => row.rule },
  { key: 'certainty', json: (row) => row.certainty },
  { key: 'client', json: (row) => row.client?.slug ?? null },
  { key: 'subjectKind', json: (row) => row.subject?.kind ?? null },
  { key: 'subjectId', json: (row) => row.subject?.id ?? null },
  { key: 'worst', json: (row) => row.worst, column: { title: 'Highest severity' } },
  { key: 'count', json: (row) => row.count, column: { title: 'Findings', align: 'right' } },
]

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
  describeKeys(show, [
    { key: 'thing' },
    { key: 'title' },
    ...DETAIL_FIELDS,
    { key: 'evidence (by name)' },
    { key: 'next' },
  ])
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

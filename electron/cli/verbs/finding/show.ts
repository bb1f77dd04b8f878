import { Option, type Command } from 'commander'

import type { Outputs } from '../../../../shared/contract/contract.ts'
import {
  CERTAINTY_FILTERS,
  FINDING_GROUPS,
  type FindingGroup,
  type FindingGrouping,
} from '../../../../shared/contract/findings.ts'
import { capitalize } from '../../../../shared/domain/capitalize.ts'
import { describeKeys, printLines, printObject, type Field } from '../../kit/listing.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { isoTime } from '../../kit/text/when.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { SEVERITIES } from '../../../../shared/domain/findings/severity.ts'
import { describeUnseen } from '../../../../shared/domain/findings/unseen-words.ts'
import { plain } from '../../kit/fields.ts'

type Detail = Outputs['findings']['get']
type Rule = Outputs['findings']['rules'][number]
type Point = Outputs['findings']['trend'][number]

const asIs = (text: string): string => text

const DETAIL: readonly Field<Detail>[] = [
  { key: 'findingId', json: ({ row }) => row.findingId },
  { key: 'rule', json: ({ rule }) => rule.id },
  { key: 'title', json: ({ rule }) => rule.title },
  { key: 'severity', json: ({ row }) => row.severity },
  { key: 'certainty', json: ({ row }) => row.certainty },
  { key: 'quiet', json: ({ row }) => row.quiet },
  { key: 'state', json: ({ row }) => row.state },
  { key: 'client', json: ({ row }) => row.client.slug },
  { key: 'connectionId', json: ({ row }) => row.connection.id },
  { key: 'subjectKind', json: ({ row }) => row.subject.kind },
  { key: 'subjectId', json: ({ row }) => row.subject.id },
  { key: 'subject', json: ({ row }) => row.subject.name },
  { key: 'says', json: ({ row }) => row.says },
  { key: 'reads', json: ({ rule }) => rule.reads },
  { key: 'remediation', json: ({ rule }) => rule.remediation },
  { key: 'doubt', json: ({ rule }) => rule.doubt },
  { key: 'controls', json: ({ rule }) => rule.controls.join(', ') },
  { key: 'firstSeenAt', json: ({ row }) => isoTime(row.firstSeenAt) },
  { key: 'acceptedUntil', json: ({ row }) => row.accepted?.until ?? null },
  { key: 'acceptedReason', json: ({ row }) => row.accepted?.reason ?? null },
  {
    key: 'acceptedUnseen',
    json: ({ unseen }) => (unseen === null ? null : describeUnseen(unseen, { name: asIs, day: asIs }).join(' ')),
  },
]

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
    .argument('<id>', 'its number: findingId of castellan finding list --json', wholeNumber)
  describeKeys(show, [...DETAIL, { key: 'evidence (by name)' }])
  act<object, [number]>(show, async (run, _options, findingId) => {
    const detail = await run.withApi('read', (api) => api.findings.get({ findingId }))
    const values = DETAIL.map(({ key, json }) => [key, json(detail)] as const)
    if (run.json) await printObject(run.terminal, { ...Object.fromEntries(values), evidence: detail.evidence })
    else {
      const evidence = Object.entries(detail.evidence).map(
        ([name, value]) => [name, name.endsWith('At') && typeof value === 'number' ? isoTime(value) : value] as const,
      )
      const lines = [...values, ...evidence].filter(([, value]) => value !== null && value !== '')
      await printLines(
        run.terminal,
        lines.map(([name, value]) => `${shown(name)}: ${shown(String(value))}`),
      )
    }
  })

  const count = command
    .command('count')
    .description('Count the open findings by rule, client or subject, the most severe first.')
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
  defineListVerb(rules, act, { fields: RULES, empty: '', read: (api) => api.findings.rules() })

  const trend = command
    .command('trend')
    .description('List how many findings there were after each day on which that changed.')
  defineListVerb(trend, act, {
    fields: TREND,
    empty: 'No findings yet.',
    read: (api, asked) => api.findings.trend(asked),
  })
}

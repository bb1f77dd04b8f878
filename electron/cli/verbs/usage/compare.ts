import type { UsageComparison, UsageSource } from '../../../../shared/contract/usage.ts'
import { formatDay, formatMonth } from '../../../../shared/domain/text/dates.ts'
import { describeReading, headlineText } from '../../../../shared/domain/usage/headline.ts'
import { dollarText } from '../../../../shared/domain/text/money.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { once, printLines, type Field } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { Failed } from '../../kit/failure.ts'
import { type Act, readScope } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { formatCaption, emptyWords, getSource, sourceOption } from './source.ts'

interface Row {
  readonly what: 'now' | 'before' | 'last'
  readonly says: string
  /** Null where not all days were read. */
  readonly sums: UsageComparison['before']
}

const COUNT = new Intl.NumberFormat('en')

const count = (key: 'requests' | 'input' | 'output', title: string): Field<Row> => ({
  key,
  json: ({ sums }) => sums?.[key] ?? null,
  column: { title, align: 'right' },
  cell: ({ sums }) => (sums === null ? UNREAD : COUNT.format(sums[key])),
})

const UNREAD = 'not read'

const FIELDS: readonly Field<Row>[] = [
  { key: 'what', json: (row) => row.what },
  { key: 'period', json: (row) => row.says, column: { title: 'Period' } },
  count('requests', 'Requests'),
  count('input', 'Input'),
  count('output', 'Output'),
  {
    key: 'costMicros',
    json: ({ sums }) => sums?.cost ?? null,
    column: { title: 'USD', align: 'right' },
    cell: ({ sums }) => (sums === null ? UNREAD : dollarText(sums.cost)),
  },
  { key: 'estimateMicros', json: ({ sums }) => sums?.estimate ?? null },
]

/** `usage compare`: a month compared with the one before it. */
export function defineCompare(
  usage: Command,
  act: Act,
  parseMonth: (text: string | undefined) => string | undefined,
): void {
  const compare = usage
    .command('compare')
    .description('Compare a month with the month before it, up to the same day and as a whole.')
    .about({ calls: 'usage.compare', example: '--client acme --month 2026-10' })
    .option('--month <month>', 'this month, YYYY-MM (else the latest with data)')
    .addOption(sourceOption())
  asList(compare, FIELDS)
  act<{ readonly month?: string; readonly source?: UsageSource }, []>(compare, (run, { month, source: asked }) =>
    run.withApi('read', async (api) => {
      const source = getSource(asked)
      const scope = { ...readScope(run), source }
      const chosen = parseMonth(month) ?? (await api.usage.months(scope))[0]
      if (chosen === undefined) throw new Failed(await emptyWords(api, run, source, undefined))
      const compared = await api.usage.compare({ ...scope, month: chosen })
      const { whole, to, beforeTo, now, before, last } = compared
      const rows: readonly Row[] = [
        {
          what: 'now',
          says: whole ? formatMonth(chosen) : `1 to ${formatDay(to)}`,
          sums: compared.reading.state === 'none' ? null : now,
        },
        { what: 'before', says: whole ? 'the month before' : `1 to ${formatDay(beforeTo)}`, sums: before },
        { what: 'last', says: 'the whole month before', sums: last },
      ]
      if (run.layout.format === 'table') {
        const read = describeReading(compared)
        const sentence = headlineText({
          ...compared,
          now: now.cost,
          before: before?.cost ?? null,
          last: last?.cost ?? null,
        })
        await printLines(run.terminal, [
          `${formatCaption(source, chosen)}${read === '' ? '' : `: ${shown(read)}`}`,
          sentence,
        ])
      }
      await printListing(run, { fields: FIELDS, empty: '' }, once(rows))
    }),
  )
}

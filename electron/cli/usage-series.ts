import type { UsageBy, UsageSeries, UsageSource } from '../../shared/contract/usage.ts'
import { dollarText } from '../../shared/domain/usage/money.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { once, printListing, type Field } from './listing.ts'
import { scopeOf, type Run } from './run.ts'
import { shown } from './text/shown.ts'

interface Point {
  readonly period: string
  readonly name: string | null
  readonly client: string | null
  readonly cost: number
}

const FIELDS: readonly Field<Point>[] = [
  { key: 'period', json: (row) => row.period, column: { title: 'Period' } },
  {
    key: 'name',
    json: (row) => row.name,
    column: { title: 'Name', flexible: true },
    cell: (row) => (row.name === null ? '(not told)' : shown(row.name)),
  },
  { key: 'client', json: (row) => row.client, column: { title: 'Client', flexible: true } },
  { key: 'costMicros', json: (row) => row.cost },
  {
    key: 'cost',
    json: (row) => row.cost / 1_000_000,
    column: { title: 'USD', align: 'right' },
    cell: (row) => dollarText(row.cost),
  },
]

/** What the help of the verb says of it. */
export const SERIES_HELP = `\nWith --over, JSON keys: ${FIELDS.map(({ key }) => key).join(', ')}; without --top the eight that cost most, then Other.\n`

export interface SeriesOptions {
  readonly over: 'day' | 'month'
  readonly by: UsageBy
  readonly month: string | undefined
  readonly source: UsageSource | undefined
  readonly top: number | undefined
}

/** Prints usage over time: the days of a month, or the twelve months that end with it. What came to nothing is left out. */
export async function printSeries(run: Run, { over, by, month, source, top }: SeriesOptions): Promise<ExitCode> {
  await run.withApi('read', async (api) => {
    const series = await api.usage.series({
      ...scopeOf(run),
      ...(month === undefined ? {} : { month }),
      ...(source === undefined ? {} : { source }),
      stretch: over === 'day' ? 'month' : '12-months',
      by,
      lines: top ?? 8,
    })
    await printListing(run, { fields: FIELDS, empty: 'No usage.' }, once(pointsOf(series)))
  })
  return EXIT.done
}

function pointsOf({ periods, lines, other }: UsageSeries): readonly Point[] {
  return periods.flatMap((period, at) =>
    [
      ...lines.map(({ name, client, values }) => ({ name, client: client?.slug ?? null, cost: values[at] ?? 0 })),
      ...(other === null ? [] : [{ name: 'Other', client: null, cost: other.values[at] ?? 0 }]),
    ]
      .filter(({ cost }) => cost !== 0)
      .map((point) => ({ period, ...point })),
  )
}

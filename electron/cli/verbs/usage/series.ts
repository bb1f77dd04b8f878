import type { UsageBy, UsageSeries, UsageSource } from '../../../../shared/contract/usage.ts'
import { type PeriodReading, READ_WORDS } from '../../../../shared/domain/usage/read-days.ts'
import { dollarText, toDollars } from '../../../../shared/domain/text/money.ts'
import { count, json, plain, text } from '../../../../shared/nouns/noun.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { once, printLines } from '../../kit/listing.ts'
import { makeFields } from '../../kit/noun.ts'
import { printListing } from '../../kit/print-listing.ts'
import { type Run, readScope } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { formatCaption, emptyWords } from './source.ts'

interface Point {
  readonly source: UsageSource
  readonly period: string
  readonly name: string | null
  readonly client: string | null
  /** Null where no day of the period was read. */
  readonly cost: number | null
  readonly reading: PeriodReading['state']
}

const FIELDS = makeFields<Point>(
  {
    ...plain('source'),
    period: text('Period', { table: {} }),
    name: text('Name', { table: { flexible: true } }),
    client: text('Client', { table: { whole: true } }),
    costMicros: json((row) => row.cost),
    cost: count('USD', { table: {} }, (row) => (row.cost === null ? null : toDollars(row.cost))),
    reading: text('Read', { table: { optional: true } }, (row) => READ_WORDS[row.reading]),
  },
  {
    name: (row) => (row.cost === null ? '-' : row.name === null ? '(unattributed)' : shown(row.name)),
    cost: (row) => (row.cost === null ? READ_WORDS.none : dollarText(row.cost)),
  },
)

/** The part of the verb's help about `--over`. */
export const SERIES_HELP = `\nWith --over, JSON keys: ${FIELDS.map(({ key }) => key).join(', ')}; without --top the eight that cost most, then Other.\n`

export interface SeriesOptions {
  readonly over: 'day' | 'month'
  readonly by: UsageBy
  readonly month: string | undefined
  readonly source: UsageSource
  readonly top: number | undefined
}

/**
 * Prints usage over time: the days of a month, or the twelve months that end with it. Rows with a zero sum are left
 * out, and a period without a read day has a row without a sum.
 */
export async function printSeries(run: Run, { over, by, month, source, top }: SeriesOptions): Promise<ExitCode> {
  await run.withApi('read', async (api) => {
    const series = await api.usage.series({
      ...readScope(run),
      ...(month === undefined ? {} : { month }),
      source,
      stretch: over === 'day' ? 'month' : '12-months',
      by,
      lines: top ?? 8,
    })
    const points = toPoints(series, source)
    const period = `${series.periods[0] ?? ''} to ${series.periods.at(-1) ?? ''}`
    if (points.length > 0 && run.layout.format === 'table')
      await printLines(run.terminal, [formatCaption(source, period)])
    const empty =
      points.length > 0
        ? ''
        : await emptyWords(api, run, source, month, series.read.every((state) => state === 'none') ? 'none' : 'whole')
    await printListing(run, { fields: FIELDS, empty }, once(points))
  })
  return EXIT.done
}

function toPoints({ periods, lines, other, read, today }: UsageSeries, source: UsageSource): readonly Point[] {
  return periods.flatMap((period, at): readonly Point[] => {
    const reading = read[at] ?? 'none'
    const points = [
      ...lines.map(({ name, client, values }) => ({ name, client: client?.slug ?? null, cost: values[at] ?? 0 })),
      ...(other === null ? [] : [{ name: 'Other', client: null, cost: other.values[at] ?? 0 }]),
    ]
      .filter(({ cost }) => cost !== 0)
      .map((point) => ({ source, period, ...point, reading }))
    const isUnread = points.length === 0 && reading === 'none' && lines.length > 0 && period < today
    return isUnread ? [{ source, period, name: null, client: null, cost: null, reading }] : points
  })
}

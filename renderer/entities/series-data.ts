import type { UsageBy, UsageSeries, UsageShown } from '../../shared/contract/usage.ts'
import { moneyText, shortCount } from '../../shared/domain/text/amounts.ts'
import { READ_WORDS } from '../../shared/domain/usage/read-days.ts'
import { toDollars } from '../../shared/domain/text/money.ts'
import type { TimeSeries } from '../charts/time-bars.tsx'
import { wholeNumber } from '../ui/relative.ts'
import { bucketWord } from './usage-labels.ts'

/** A series of the chart, which is a row of its table. */
export interface ShownLine extends TimeSeries {
  readonly total: number
  /** The value that it opens; null when it sums up several. */
  readonly rowKey: string | null
}

/** The series of usage over time, with the rest as one more. */
export function toLines(series: UsageSeries, by: UsageBy): readonly ShownLine[] {
  const lines = series.lines.map(({ rowKey, name, client, values, total }) => ({
    label: name ?? bucketWord(by),
    values,
    total,
    rowKey,
    // A client has its own colour; anything else one that follows from what it is.
    identity: { key: `${by} ${rowKey}`, own: by === 'client' ? client?.colour : undefined },
  }))
  const { other } = series
  if (other === null) return lines
  return [
    ...lines,
    {
      label: `Other (${wholeNumber(other.count)})`,
      values: other.values,
      total: other.total,
      rowKey: null,
      identity: null,
    },
  ]
}

/**
 * A word for each period of a series that was not wholly read, else an empty one: a period that has not begun is not
 * unread, the one that runs cannot be read to its end, and one with some usage was read in part.
 */
export function listUnreadWords({ periods, read, totals, today }: UsageSeries): readonly string[] {
  return periods.map((period, at) => {
    const state = read[at] ?? 'none'
    const isRunning = period === today || (period === today.slice(0, 7) && state === 'part')
    if (state === 'whole' || period > today || isRunning) return ''
    const isUsed = totals[at] !== undefined && Object.values(totals[at]).some((sum) => sum !== 0)
    return READ_WORDS[isUsed ? 'part' : state]
  })
}

type Totals = UsageSeries['totals'][number]

const KINDS: readonly (readonly [label: string, of: (totals: Totals) => number])[] = [
  ['Input, not cached', ({ input, cached, cacheWrite }) => Math.max(0, input - cached - cacheWrite)],
  ['Input from a cache', ({ cached }) => cached],
  ['Input into a cache', ({ cacheWrite }) => cacheWrite],
  ['Output', ({ output }) => output],
]

/** Tokens by their kind. */
export function toKindLines({ totals }: UsageSeries): readonly ShownLine[] {
  return KINDS.map(([label, of]) => {
    const values = totals.map(of)
    const total = values.reduce((sum, value) => sum + value, 0)
    return { label, values, total, rowKey: null, identity: { key: `kind ${label}` } }
  })
}

/** A number of the chart with its unit: money in dollars, an estimate marked as such, tokens in short. */
export function makeFormatter(shown: UsageShown): (value: number) => string {
  if (shown === 'cost') return moneyText
  if (shown === 'estimate') return (value) => `≈ ${moneyText(value)}`
  return shown === 'tokens' ? shortCount : wholeNumber
}

/** A number of the axis with its unit, where the numbers are round. */
export function makeAxisFormatter(shown: UsageShown): (value: number) => string {
  return shown === 'cost' || shown === 'estimate' ? axisMoney : shortCount
}

/** Micro-USD on an axis: `$1,500`, `$0.5`. */
export function axisMoney(micro: number): string {
  const dollars = toDollars(micro)
  return `$${dollars >= 10 || Number.isInteger(dollars) ? wholeNumber(dollars) : String(Number(dollars.toPrecision(2)))}`
}

import type { UsageBy, UsageSeries, UsageShown } from '../../shared/contract/usage.ts'
import { dollarText } from '../../shared/domain/text/money.ts'
import { wholeNumber } from '../ui/relative.ts'
import { bucketWord } from './usage-labels.ts'

/** A series of the chart, which is a row of its table. */
export interface ShownLine {
  readonly label: string
  readonly values: readonly number[]
  readonly total: number
  /** The value that it opens; null when it sums up several. */
  readonly rowKey: string | null
}

/** The series of usage over time, with the rest as one more. */
export function toLines(series: UsageSeries, by: UsageBy): readonly ShownLine[] {
  const lines = series.lines.map(({ rowKey, name, values, total }) => ({
    label: name ?? bucketWord(by),
    values,
    total,
    rowKey,
  }))
  const { other } = series
  if (other === null) return lines
  return [
    ...lines,
    { label: `Other (${wholeNumber(other.count)})`, values: other.values, total: other.total, rowKey: null },
  ]
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
    return { label, values, total: values.reduce((sum, value) => sum + value, 0), rowKey: null }
  })
}

/** A number of the chart in words: money in dollars, an estimate marked as such. */
export function makeFormatter(shown: UsageShown): (value: number) => string {
  if (shown === 'cost') return (value) => `$${dollarText(value)}`
  if (shown === 'estimate') return (value) => `≈ $${dollarText(value)}`
  return wholeNumber
}

/** The change in whole percent; null when the earlier amount is zero. */
export function findChange(now: number, before: number): string | null {
  if (before === 0) return null
  const percent = Math.round((now / before - 1) * 100)
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${wholeNumber(Math.abs(percent))} %`
}

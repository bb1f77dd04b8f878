import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { UsageSort, UsageSource } from '../../../shared/contract/usage.ts'
import { getSum } from '../../../shared/domain/usage/measures.ts'
import type { DaySpan } from '../../../shared/domain/usage/read-days.ts'
import { dayNumber, dayText, monthNumber, monthOfDay, toFirstDay } from '../../../shared/domain/usage/rollups.ts'
import { type ChangedRow, usageChanges } from '../../register/usage/changes.ts'
import { lastUsageDay } from '../../register/usage/series.ts'
import type { Scope } from '../../register/db/scope.ts'
import { type Context, getReader } from '../core/context.ts'
import { readScopeDays } from './readings.ts'
import { comparedSpans, type ComparedSpans, type Days } from './spans.ts'

interface MonthQuestion extends Scope {
  readonly month: string
  readonly source: UsageSource
}

/**
 * The days that a month is compared by: while it runs, until the last day that was read, so that usage that was not read yet
 * does not look like a fall.
 */
export function spansOf(context: Context, { client, month: word, source }: MonthQuestion): ComparedSpans {
  const month = monthNumber(word) ?? 0
  const today = dayNumber(context.now())
  if (monthOfDay(today) !== month) return comparedSpans(month, today)
  const from = toFirstDay(month)
  const { end } = readScopeDays(context, { client }, source)
  const until = end !== null && monthOfDay(end - 1) === month ? Math.min(end - 1, today) : null
  return comparedSpans(month, until ?? lastUsageDay(getReader(context), { client, source, from, to: today }) ?? today)
}

/** The last days of both spans, and which of their days were read. */
export function comparedDays(
  context: Context,
  { client, source }: MonthQuestion,
  { whole, now, before }: ComparedSpans,
): Omit<Outputs['usage']['by'], 'rows' | 'count' | 'total'> {
  const read = readScopeDays(context, { client }, source)
  return {
    whole,
    to: dayText(now.to),
    beforeTo: dayText(before.to),
    reading: read.of(toSpan(now)),
    readingBefore: read.of(toSpan(before)),
    never: [...read.never],
  }
}

/** Days with the one after the last, from days with the last. */
export const toSpan = ({ from, to }: Days): DaySpan => ({ from, to: to + 1 })

/** Only wholly read periods are compared. */
export function isComparable({
  reading,
  readingBefore,
}: Pick<Outputs['usage']['by'], 'reading' | 'readingBefore'>): boolean {
  return reading.state === 'whole' && readingBefore.state === 'whole'
}

/** The rows of a month, with all that was read of it; the days of two months that are compared are the same. */
export function rowsOfMonth(context: Context, input: Inputs['usage']['by']): Outputs['usage']['by'] {
  const { client, source, by, sort = {}, only, limit = 100 } = input
  const month = monthNumber(input.month) ?? 0
  const spans = spansOf(context, input)
  const other = spans.whole
    ? { client, source, over: 'month' as const, from: month - 1, to: month - 1 }
    : { client, source, over: 'day' as const, ...spans.before }
  const days = comparedDays(context, input, spans)
  const isCompared = isComparable(days)
  const shown = { client, source, over: 'month' as const, from: month, to: month }
  const compared = spans.whole ? shown : { client, source, over: 'day' as const, ...spans.now }
  const all = usageChanges(getReader(context), { shown, compared, other }, by)
  const rows = only === undefined ? all : all.filter(({ rowKey }) => only.includes(rowKey))
  return {
    rows: sortRows(rows, sort.by ?? 'cost', sort.direction ?? 'desc')
      .slice(0, limit)
      .map((row) => (isCompared ? row : { ...row, before: null, difference: null })),
    count: rows.length,
    total: {
      ...getSum(rows),
      before: isCompared ? rows.reduce((sum, { before }) => sum + before, 0) : null,
      difference: isCompared ? rows.reduce((sum, { difference }) => sum + difference, 0) : null,
    },
    ...days,
  }
}

const VALUES: Readonly<Record<Exclude<UsageSort, 'name'>, (row: ChangedRow) => number>> = {
  requests: ({ requests }) => requests,
  input: ({ input }) => input,
  output: ({ output }) => output,
  cost: ({ cost }) => cost,
  before: ({ before }) => before,
  difference: ({ difference }) => difference,
  movement: ({ difference }) => Math.abs(difference),
  estimate: ({ estimate }) => estimate,
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Rows that are equal keep their order, most expensive first; rows without a name are last in both directions. */
function sortRows(rows: readonly ChangedRow[], sort: UsageSort, direction: 'asc' | 'desc'): readonly ChangedRow[] {
  const sign = direction === 'asc' ? 1 : -1
  if (sort === 'name') {
    return rows.toSorted((a, b) =>
      a.name === null || b.name === null
        ? Number(a.name === null) - Number(b.name === null)
        : sign * NAMES.compare(a.name, b.name),
    )
  }
  const value = VALUES[sort]
  return rows.toSorted((a, b) => sign * (value(a) - value(b)))
}

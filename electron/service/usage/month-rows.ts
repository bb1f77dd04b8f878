import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { UsageRow, UsageSort, UsageSource } from '../../../shared/contract/usage.ts'
import { getSum } from '../../../shared/domain/usage/measures.ts'
import { dayNumber, dayText, monthNumber, monthOfDay, toFirstDay } from '../../../shared/domain/usage/rollups.ts'
import { usageChanges } from '../../register/usage/changes.ts'
import { lastUsageDay } from '../../register/usage/series.ts'
import type { Scope } from '../../register/db/scope.ts'
import { type Context, getReader } from '../core/context.ts'
import { comparedSpans, type ComparedSpans } from './spans.ts'

interface Asked extends Scope {
  readonly month: string
  readonly source: UsageSource
}

/**
 * The days that a month is compared by: while it runs, until the last day with usage, so that usage that was not read yet
 * does not look like a fall.
 */
export function spansOf(context: Context, { client, month: word, source }: Asked): ComparedSpans {
  const month = monthNumber(word) ?? 0
  const today = dayNumber(context.now())
  if (monthOfDay(today) !== month) return comparedSpans(month, today)
  const from = toFirstDay(month)
  return comparedSpans(month, lastUsageDay(getReader(context), { client, source, from, to: today }) ?? today)
}

/** The last days of both spans. */
export function comparedDays({ whole, now, before }: ComparedSpans): {
  readonly whole: boolean
  readonly to: string
  readonly beforeTo: string
} {
  return { whole, to: dayText(now.to), beforeTo: dayText(before.to) }
}

/** The rows of a month with what each spent in the days that it is compared with. */
export function rowsOfMonth(context: Context, input: Inputs['usage']['by']): Outputs['usage']['by'] {
  const { client, source, by, sort = {}, only, limit = 100 } = input
  const month = monthNumber(input.month) ?? 0
  const spans = spansOf(context, input)
  const other = spans.whole
    ? { client, source, over: 'month' as const, from: month - 1, to: month - 1 }
    : { client, source, over: 'day' as const, ...spans.before }
  const all = usageChanges(getReader(context), { client, source, fromMonth: month, toMonth: month }, other, by)
  const rows = only === undefined ? all : all.filter(({ rowKey }) => only.includes(rowKey))
  return {
    rows: sortRows(rows, sort.by ?? 'cost', sort.direction ?? 'desc').slice(0, limit),
    count: rows.length,
    total: { ...getSum(rows), before: rows.reduce((sum, { before }) => sum + before, 0) },
    ...comparedDays(spans),
  }
}

const VALUES: Readonly<Record<Exclude<UsageSort, 'name'>, (row: UsageRow) => number>> = {
  requests: ({ requests }) => requests,
  input: ({ input }) => input,
  output: ({ output }) => output,
  cost: ({ cost }) => cost,
  before: ({ before }) => before,
  difference: ({ cost, before }) => cost - before,
  movement: ({ cost, before }) => Math.abs(cost - before),
  estimate: ({ estimate }) => estimate,
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Rows that are equal keep their order, most expensive first; rows without a name are last in both directions. */
function sortRows(rows: readonly UsageRow[], sort: UsageSort, direction: 'asc' | 'desc'): readonly UsageRow[] {
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

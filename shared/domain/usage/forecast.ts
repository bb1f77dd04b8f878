/** Spend of one day: days count from 1970-01-01, UTC; money in whole micro-USD. */
export interface DaySpend {
  readonly day: number
  readonly cost: number
}

export interface Forecast {
  /** Micro-USD by the end of the month: what was spent, and what is expected of the days that are left. */
  readonly cost: number
  /**
   * How far off the same way was for earlier months at the same day of the month: the median of its errors as a share of
   * what came of it (0.1 is ten per cent). Null where there are no two whole months to tell by.
   */
  readonly error: number | null
}

/** Weeks that a day of the week is judged by. */
const WEEKS = 8

interface Span {
  /** The first day of the month, and the first of the next. */
  readonly start: number
  readonly end: number
}

/** Days of the month that holds a day. */
export function monthSpan(day: number): Span {
  const date = new Date(day * 86_400_000)
  const first = (months: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / 86_400_000
  return { start: first(0), end: first(1) }
}

/**
 * Spend by the end of the month that `today` lies in, if each day that is left spends what its day of the week did in the
 * last eight weeks; without that many, what a day did on average. `today` itself counts as left: it is not over, and its
 * spend so far is only kept where it is more than expected.
 */
export function forecastMonth(days: readonly DaySpend[], today: number): Forecast {
  const costs = new Map(days.map(({ day, cost }) => [day, cost]))
  const first = days.reduce((least, { day }) => Math.min(least, day), today)
  const cost = expected(costs, first, today)
  const errors: number[] = []
  const { start } = monthSpan(today)
  for (let end = start; errors.length < 6;) {
    const span = monthSpan(end - 1)
    if (span.start < first) break
    const at = Math.min(span.start + (today - start), span.end - 1)
    const came = sumOf(costs, span.start, span.end)
    if (came > 0) errors.push(Math.abs(expected(costs, first, at) - came) / came)
    end = span.start
  }
  return { cost, error: errors.length < 2 ? null : median(errors) }
}

function sumOf(costs: ReadonlyMap<number, number>, from: number, to: number): number {
  let sum = 0
  for (let day = from; day < to; day += 1) sum += costs.get(day) ?? 0
  return sum
}

function expected(costs: ReadonlyMap<number, number>, first: number, today: number): number {
  const { start, end } = monthSpan(today)
  let sum = sumOf(costs, start, today)
  for (let day = today; day < end; day += 1) {
    const usual = usualOf(costs, first, today, day % 7)
    sum += day === today ? Math.max(usual, costs.get(day) ?? 0) : usual
  }
  return sum
}

/** What a day of the week spends: the mean of its last weeks, else of all days that are known, rounded. */
function usualOf(costs: ReadonlyMap<number, number>, first: number, today: number, weekday: number): number {
  const from = Math.max(first, today - WEEKS * 7)
  const known = today - from
  if (known <= 0) return 0
  let [sum, count] = [0, 0]
  for (let day = from; day < today; day += 1) {
    if (known >= 14 && day % 7 !== weekday) continue
    sum += costs.get(day) ?? 0
    count += 1
  }
  return count === 0 ? 0 : Math.round(sum / count)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [below = 0, above = below] = sorted.slice(Math.floor((sorted.length - 1) / 2), middle + 1)
  return (below + above) / 2
}

/** Days until a limit is reached if spend goes on as forecast; 0 when it is, null when this month will not reach it. */
export function daysUntil(days: readonly DaySpend[], today: number, limit: number): number | null {
  const costs = new Map(days.map(({ day, cost }) => [day, cost]))
  const first = days.reduce((least, { day }) => Math.min(least, day), today)
  const { start, end } = monthSpan(today)
  let sum = sumOf(costs, start, today + 1)
  if (sum >= limit) return 0
  for (let day = today + 1; day < end; day += 1) {
    sum += usualOf(costs, first, today, day % 7)
    if (sum >= limit) return day - today
  }
  return null
}

import { medianOf } from './median.ts'

/** Spend of one day: days count from 1970-01-01, UTC; money in whole micro-USD. */
export interface DaySpend {
  readonly day: number
  readonly cost: number
}

/**
 * By what a month is forecast: `weekday`, each day that is left spends what its day of the week did in the last eight
 * weeks; `run-rate`, each spends what the days of this month did on average.
 */
export const FORECAST_WAYS = ['weekday', 'run-rate'] as const
export type ForecastWay = (typeof FORECAST_WAYS)[number]

/** What one way expects. */
export interface ForecastBy {
  readonly way: ForecastWay
  /** Micro-USD by the end of the month: what was spent, and what is expected of the days that are left. */
  readonly cost: number
  /**
   * How far off the same way was for earlier months at the same day of the month: the median of its errors as a share of
   * what came of it (0.1 is ten per cent). Null where there are no two whole months to tell by.
   */
  readonly error: number | null
}

/** The way that was closer in earlier months, and both. */
export interface Forecast extends ForecastBy {
  readonly ways: readonly ForecastBy[]
}

/** Weeks that a day of the week is judged by. */
const WEEKS = 8

/** Earlier months that a way is judged by, at most. */
const MONTHS = 6

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

interface History {
  readonly costs: ReadonlyMap<number, number>
  /** The first day of which anything is known. */
  readonly first: number
}

function historyOf(days: readonly DaySpend[], today: number): History {
  return {
    costs: new Map(days.map(({ day, cost }) => [day, cost])),
    first: days.reduce((least, { day }) => Math.min(least, day), today),
  }
}

/**
 * Spend by the end of the month that `today` lies in, by the way that was closer in earlier months; where neither is
 * known to be closer, by days of the week. `today` itself counts as left: it is not over, and its spend so far is only
 * kept where it is more than expected.
 */
export function forecastMonth(days: readonly DaySpend[], today: number): Forecast {
  const history = historyOf(days, today)
  const ways = FORECAST_WAYS.map((way): ForecastBy => {
    return { way, cost: expected(history, today, way), error: pastError(history, today, way) }
  })
  const [first, ...others] = ways as [ForecastBy, ...ForecastBy[]]
  const best = others.reduce((a, b) => (b.error !== null && a.error !== null && b.error < a.error ? b : a), first)
  return { ...best, ways }
}

function pastError(history: History, today: number, way: ForecastWay): number | null {
  const errors: number[] = []
  const { start } = monthSpan(today)
  for (let end = start, months = 0; months < MONTHS; months += 1) {
    const span = monthSpan(end - 1)
    if (span.start < history.first) break
    const at = Math.min(span.start + (today - start), span.end - 1)
    const came = sumOf(history.costs, span.start, span.end)
    if (came > 0) errors.push(Math.abs(expected(history, at, way) - came) / came)
    end = span.start
  }
  return errors.length < 2 ? null : medianOf(errors)
}

function sumOf(costs: ReadonlyMap<number, number>, from: number, to: number): number {
  let sum = 0
  for (let day = from; day < to; day += 1) sum += costs.get(day) ?? 0
  return sum
}

function expected(history: History, today: number, way: ForecastWay): number {
  const { start, end } = monthSpan(today)
  let sum = sumOf(history.costs, start, today)
  for (let day = today; day < end; day += 1) {
    const usual = usualOf(history, today, day, way)
    sum += day === today ? Math.max(usual, history.costs.get(day) ?? 0) : usual
  }
  return sum
}

/** What a day is expected to spend, by what lies before `today`; whole. */
function usualOf(history: History, today: number, day: number, way: ForecastWay): number {
  return way === 'weekday' ? usualOfWeekday(history, today, day % 7) : usualOfMonth(history, today)
}

/** The mean of the last weeks' days of the same name, else of all days that are known. */
function usualOfWeekday(history: History, today: number, weekday: number): number {
  const from = Math.max(history.first, today - WEEKS * 7)
  const hasWeeks = today - from >= 14
  return meanOf(history.costs, from, today, (day) => !hasWeeks || day % 7 === weekday)
}

/** The mean of this month's days; on its first day, of the month before. */
function usualOfMonth({ costs, first }: History, today: number): number {
  const { start } = monthSpan(today)
  const from = today === start ? monthSpan(today - 1).start : start
  return meanOf(costs, Math.max(first, from), today, () => true)
}

function meanOf(
  costs: ReadonlyMap<number, number>,
  from: number,
  to: number,
  counts: (day: number) => boolean,
): number {
  let [sum, count] = [0, 0]
  for (let day = from; day < to; day += 1) {
    if (!counts(day)) continue
    sum += costs.get(day) ?? 0
    count += 1
  }
  return count === 0 ? 0 : Math.round(sum / count)
}

/**
 * Days until a limit is reached if spend goes on as one way forecasts it; 0 when it is, null when this month will not
 * reach it.
 */
export function daysUntil(days: readonly DaySpend[], today: number, limit: number, way: ForecastWay): number | null {
  const history = historyOf(days, today)
  const { start, end } = monthSpan(today)
  let sum = sumOf(history.costs, start, today + 1)
  if (sum >= limit) return 0
  for (let day = today + 1; day < end; day += 1) {
    sum += usualOf(history, today, day, way)
    if (sum >= limit) return day - today
  }
  return null
}

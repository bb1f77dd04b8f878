import { monthOfDay, toFirstDay } from './rollups.ts'
import { computeMedian } from './median.ts'

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
  const month = monthOfDay(day)
  return { start: toFirstDay(month), end: toFirstDay(month + 1) }
}

interface History {
  readonly costs: ReadonlyMap<number, number>
  /** The first day of which anything is known, and the first that was not read to its end. */
  readonly first: number
  readonly read: number
}

/** A day without a row cost nothing where it was read; of one that was not, a row is only the least that it cost. */
function makeHistory(days: readonly DaySpend[], read: number): History {
  return {
    costs: new Map(days.map(({ day, cost }) => [day, cost])),
    first: days.reduce((least, { day }) => Math.min(least, day), read),
    read,
  }
}

/** The present day, and the first day that was not read to its end: today at the latest, since today is not over. */
export interface AsOf {
  readonly today: number
  readonly read: number
}

/**
 * Spend by the end of the month that `today` lies in, by the way that was closer in earlier months; where neither is
 * known to be closer, by days of the week. Days that were not read are expected like those to come: what is on record of
 * them is only kept where it is more than expected.
 */
export function forecastMonth(days: readonly DaySpend[], { today, read }: AsOf): Forecast {
  const history = makeHistory(days, read)
  const month = monthSpan(today)
  const ways = FORECAST_WAYS.map((way): ForecastBy => {
    return { way, cost: expected(history, month, way), error: pastError(history, month, way) }
  })
  const [first, ...others] = ways as [ForecastBy, ...ForecastBy[]]
  const best = others.reduce((a, b) => (b.error !== null && a.error !== null && b.error < a.error ? b : a), first)
  return { ...best, ways }
}

/** Each earlier month that was read to its end is forecast from the same day on, with nothing known of later ones. */
function pastError(history: History, { start }: Span, way: ForecastWay): number | null {
  const errors: number[] = []
  for (let past = monthSpan(start - 1), months = 0; months < MONTHS; months += 1, past = monthSpan(past.start - 1)) {
    const read = Math.min(past.start + (history.read - start), past.end - 1)
    if (past.start < history.first || read <= history.first) break
    if (past.end > history.read) continue
    const came = computeSum(history.costs, past.start, past.end)
    const known = { ...history, read, costs: new Map([...history.costs].filter(([day]) => day < read)) }
    if (came > 0) errors.push(Math.abs(expected(known, past, way) - came) / came)
  }
  return errors.length < 2 ? null : computeMedian(errors)
}

function computeSum(costs: ReadonlyMap<number, number>, from: number, to: number): number {
  let sum = 0
  for (let day = from; day < to; day += 1) sum += costs.get(day) ?? 0
  return sum
}

function expected(history: History, { start, end }: Span, way: ForecastWay): number {
  let sum = computeSum(history.costs, start, Math.min(history.read, end))
  for (let day = Math.max(start, history.read); day < end; day += 1) sum += unreadDay(history, day, way)
  return sum
}

/** What a day that was not read to its end is expected to have spent in the end; whole. */
function unreadDay(history: History, day: number, way: ForecastWay): number {
  const usual = way === 'weekday' ? usualOfWeekday(history, day % 7) : usualOfMonth(history)
  return Math.max(usual, history.costs.get(day) ?? 0)
}

/** The mean of the last read weeks' days of the same name, else of all days that are known. */
function usualOfWeekday({ costs, first, read }: History, weekday: number): number {
  const from = Math.max(first, read - WEEKS * 7)
  const hasWeeks = read - from >= 14
  return computeMean(costs, from, read, (day) => !hasWeeks || day % 7 === weekday)
}

/** The mean of the read days of the last month of which any was read. */
function usualOfMonth({ costs, first, read }: History): number {
  return computeMean(costs, Math.max(first, monthSpan(read - 1).start), read, () => true)
}

function computeMean(
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
 * Days until a limit is reached if spend goes on as one way forecasts it; 0 when it is (by what was read, and what is
 * expected of days that were not), null when this month will not reach it. Where all but today was read, today counts with
 * what is on record of it.
 */
export function daysUntil(
  days: readonly DaySpend[],
  { today, read }: AsOf,
  limit: number,
  way: ForecastWay,
): number | null {
  const history = makeHistory(days, read)
  const { start, end } = monthSpan(today)
  let sum = computeSum(history.costs, start, read)
  for (let day = Math.max(start, read); day < end; day += 1) {
    sum += day === today && read === today ? (history.costs.get(day) ?? 0) : unreadDay(history, day, way)
    if (day >= today && sum >= limit) return day - today
  }
  return null
}

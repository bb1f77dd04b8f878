import { monthOfDay, toFirstDay } from './rollups.ts'
import { computeMedian } from './median.ts'

/** Spend of one day: days count from 1970-01-01, UTC; money in whole micro-USD. */
export interface DaySpend {
  readonly day: number
  readonly cost: number
}

/**
 * The methods to forecast a month: `weekday`, each remaining day spends what its day of the week did in the last eight
 * weeks; `run-rate`, each spends what the days of this month did on average.
 */
export const FORECAST_WAYS = ['weekday', 'run-rate'] as const
export type ForecastWay = (typeof FORECAST_WAYS)[number]

/** The result of one method. */
export interface ForecastBy {
  readonly way: ForecastWay
  /** Micro-USD by the end of the month: what was spent, and what is expected of the remaining days. */
  readonly cost: number
  /**
   * How far off the same method was for earlier months at the same day of the month: the median of its errors as a
   * share of the actual amount (0.1 is ten per cent). Null without two complete months to compare with.
   */
  readonly error: number | null
}

/** The method that was closer in earlier months, and both results. */
export interface Forecast extends ForecastBy {
  readonly ways: readonly ForecastBy[]
}

/** The number of weeks by which a day of the week is judged. */
const WEEKS = 8

/** The most earlier months by which a method is judged. */
const MONTHS = 6

interface Span {
  /** The first day of the month, and the first of the next. */
  readonly start: number
  readonly end: number
}

/** Days of the month that contains a day. */
export function monthSpan(day: number): Span {
  const month = monthOfDay(day)
  return { start: toFirstDay(month), end: toFirstDay(month + 1) }
}

interface History {
  readonly costs: ReadonlyMap<number, number>
  /** The first day with any data, and the first that was not read completely. */
  readonly first: number
  readonly read: number
  /** The first day of the forecast month that was read, where that is not its first. */
  readonly from?: number | undefined
}

/** A day without a row cost nothing if it was read; for a day that was not, a row is only the least that it cost. */
function makeHistory(days: readonly DaySpend[], read: number, from?: number): History {
  return {
    from,
    costs: new Map(days.map(({ day, cost }) => [day, cost])),
    first: days.reduce((least, { day }) => Math.min(least, day), read),
    read,
  }
}

/** The present day, and the days that were read, to the first that was not read completely: today at the latest, since today is not over. */
export interface AsOf {
  readonly today: number
  readonly read: number
  /** The first day of the month that was read, where that is not its first. */
  readonly from?: number | undefined
}

/**
 * Spend by the end of the month of `today`, by the method that was closer in earlier months; if neither is known to be
 * closer, by days of the week. Days that were not read are expected like future ones: their recorded amount is only
 * kept if it is more than expected.
 */
export function forecastMonth(days: readonly DaySpend[], { today, read, from }: AsOf): Forecast {
  const history = makeHistory(days, read, from)
  const month = monthSpan(today)
  const ways = FORECAST_WAYS.map((way): ForecastBy => {
    return { way, cost: expected(history, month, way), error: pastError(history, month, way) }
  })
  const [first, ...others] = ways as [ForecastBy, ...ForecastBy[]]
  const best = others.reduce((a, b) => (b.error !== null && a.error !== null && b.error < a.error ? b : a), first)
  return { ...best, ways }
}

/** Forecasts each earlier month that was read completely from the same day on, without the data of later days. */
function pastError(history: History, { start }: Span, way: ForecastWay): number | null {
  const errors: number[] = []
  for (let past = monthSpan(start - 1), months = 0; months < MONTHS; months += 1, past = monthSpan(past.start - 1)) {
    const read = Math.min(past.start + (history.read - start), past.end - 1)
    if (past.start < history.first || read <= history.first) break
    if (past.end > history.read) continue
    const came = computeSum(history.costs, past.start, past.end)
    const known = {
      ...history,
      from: undefined,
      read,
      costs: new Map([...history.costs].filter(([day]) => day < read)),
    }
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
  let sum = 0
  for (let day = start; day < end; day += 1) sum += costOfDay(history, day, way)
  return sum
}

/** What a day cost where it was read, else what it is expected to. */
function costOfDay(history: History, day: number, way: ForecastWay): number {
  const isRead = day < history.read && day >= (history.from ?? day)
  return isRead ? (history.costs.get(day) ?? 0) : unreadDay(history, day, way)
}

/** The expected final spend of a day that was not read completely; whole. */
function unreadDay(history: History, day: number, way: ForecastWay): number {
  const usual = way === 'weekday' ? usualOfWeekday(history, day % 7) : usualOfMonth(history)
  return Math.max(usual, history.costs.get(day) ?? 0)
}

/** The mean of the same weekdays of the last read weeks, else of all known days. */
function usualOfWeekday(history: History, weekday: number): number {
  const { costs, read } = history
  const from = Math.max(firstKnown(history), read - WEEKS * 7)
  const hasWeeks = read - from >= 14
  return computeMean(costs, from, read, (day) => !hasWeeks || day % 7 === weekday)
}

/** The mean of the read days of the last month with any. */
function usualOfMonth(history: History): number {
  const { costs, read } = history
  return computeMean(costs, Math.max(firstKnown(history), monthSpan(read - 1).start), read, () => true)
}

/** The first day that counts for a mean: not one before days of the month that were not read. */
function firstKnown({ first, read, from = first }: History): number {
  return from < read ? Math.max(first, from) : first
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
 * Days until a limit is reached if spend continues as one method forecasts it; 0 when it is reached (by what was read,
 * and what is expected of days that were not), null when this month will not reach it. If all but today was read, today
 * counts with its recorded amount.
 */
export function daysUntil(
  days: readonly DaySpend[],
  { today, read, from }: AsOf,
  limit: number,
  way: ForecastWay,
): number | null {
  const history = makeHistory(days, read, from)
  const { start, end } = monthSpan(today)
  let sum = 0
  for (let day = start; day < end; day += 1) {
    sum += day === today && read === today ? (history.costs.get(day) ?? 0) : costOfDay(history, day, way)
    if (day >= today && sum >= limit) return day - today
  }
  return null
}

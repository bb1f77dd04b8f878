import { clipDays, hasDay, type ReadDays, readingOf } from './read-days.ts'
import { monthOfDay, toFirstDay } from './rollups.ts'

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
  /** The days that were read completely, and the first after the last of them. */
  readonly days: ReadDays
  readonly read: number
  /** The first day with any data. */
  readonly first: number
}

/** A day without a row cost nothing if it was read; for a day that was not, a row is only the least that it cost. */
function makeHistory(spend: readonly DaySpend[], { read, days = [{ from: -Infinity, to: read }] }: AsOf): History {
  return {
    costs: new Map(spend.map(({ day, cost }) => [day, cost])),
    days: clipDays(days, { from: -Infinity, to: read }),
    first: spend.reduce((least, { day }) => Math.min(least, day), read),
    read,
  }
}

/** The present day, and the first day that was not read completely: today at the latest, since today is not over. */
export interface AsOf {
  readonly today: number
  readonly read: number
  /** The days that were read completely; left out: all before `read`. */
  readonly days?: ReadDays | undefined
}

/**
 * Spend by the end of the month of `today`, by the method that was closer in earlier months; if neither is known to be
 * closer, by days of the week. Days that were not read are expected like future ones: their recorded amount is only
 * kept if it is more than expected.
 */
export function forecastMonth(days: readonly DaySpend[], asOf: AsOf): Forecast {
  const history = makeHistory(days, asOf)
  const month = monthSpan(asOf.today)
  const ways = FORECAST_WAYS.map((way): ForecastBy => {
    return { way, cost: expected(history, month, way), error: pastError(history, month, way) }
  })
  const [first, ...others] = ways as [ForecastBy, ...ForecastBy[]]
  const best = others.reduce((a, b) => (b.error !== null && a.error !== null && b.error < a.error ? b : a), first)
  return { ...best, ways }
}

/** Forecasts each earlier month that was read completely, from the same day on, without the data of later days. */
function pastError(history: History, { start }: Span, way: ForecastWay): number | null {
  const errors: number[] = []
  for (let past = monthSpan(start - 1), months = 0; months < MONTHS; months += 1, past = monthSpan(past.start - 1)) {
    const read = Math.min(past.start + (history.read - start), past.end - 1)
    if (past.start < history.first || read <= history.first) break
    if (readingOf(history.days, { from: past.start, to: past.end }).state !== 'whole') continue
    const came = computeSum(history.costs, past.start, past.end)
    const known = {
      ...history,
      days: clipDays(history.days, { from: -Infinity, to: read }),
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

/** The cost of a day where it was read, else its expected cost. */
function costOfDay(history: History, day: number, way: ForecastWay): number {
  return hasDay(history.days, day) ? (history.costs.get(day) ?? 0) : unreadDay(history, day, way)
}

/** The expected final spend of a day that was not read completely; whole. */
function unreadDay(history: History, day: number, way: ForecastWay): number {
  const usual = way === 'weekday' ? usualOfWeekday(history, day % 7) : usualOfMonth(history)
  return Math.max(usual, history.costs.get(day) ?? 0)
}

/** The mean of the same weekdays of the last read weeks, else of all known days. */
function usualOfWeekday(history: History, weekday: number): number {
  const known = listRead(history, history.read - WEEKS * 7)
  const own = known.length < 14 ? [] : known.filter((day) => day % 7 === weekday)
  return computeMean(history, own.length === 0 ? known : own)
}

/** The mean of the read days of the last month with any. */
function usualOfMonth(history: History): number {
  return computeMean(history, listRead(history, monthSpan(history.read - 1).start))
}

/** The days from one on that were read, without those before any data. */
function listRead({ days, first, read }: History, from: number): readonly number[] {
  const begin = Math.max(first, from)
  return Array.from({ length: Math.max(0, read - begin) }, (_, n) => begin + n).filter((day) => hasDay(days, day))
}

function computeMean({ costs }: History, days: readonly number[]): number {
  const sum = days.reduce((all, day) => all + (costs.get(day) ?? 0), 0)
  return days.length === 0 ? 0 : Math.round(sum / days.length)
}

/**
 * Days until a limit is reached if spend continues as one method forecasts it; 0 when it is reached (by what was read,
 * and what is expected of days that were not), null when this month will not reach it. If all but today was read, today
 * counts with its recorded amount.
 */
export function daysUntil(days: readonly DaySpend[], asOf: AsOf, limit: number, way: ForecastWay): number | null {
  const { today, read } = asOf
  const history = makeHistory(days, asOf)
  const { start, end } = monthSpan(today)
  let sum = 0
  for (let day = start; day < end; day += 1) {
    sum += day === today && read === today ? (history.costs.get(day) ?? 0) : costOfDay(history, day, way)
    if (day >= today && sum >= limit) return day - today
  }
  return null
}

/** The middle value, or the mean of the two in the middle; 0 for none. */
export function computeMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [below = 0, above = below] = sorted.slice(Math.floor((sorted.length - 1) / 2), middle + 1)
  return (below + above) / 2
}

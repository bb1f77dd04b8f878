import { computeMedian } from './median.ts'

/** The usage of one day: money in micro-USD, or tokens. Days count from 1970-01-01, UTC. */
export interface DayAmount {
  readonly day: number
  readonly amount: number
}

/** The days that are judged. */
export interface AnomalySpan {
  /** The first day with any data of the owner of the series; a series that begins later was 0 before. */
  readonly known: number
  /** The first day that is judged, and the one after the last. */
  readonly from: number
  readonly to: number
  /** Days before this one are complete: no more data will arrive for them, so that a fall on them is a fall. */
  readonly whole: number
  /** The least deviation of a day, in the unit of the amounts; more than 0. */
  readonly minimum: number
}

/** Days in a row (with short gaps) with much more usage than expected, or with none where some is expected. */
export interface Anomaly {
  readonly direction: 'up' | 'down'
  readonly firstDay: number
  readonly lastDay: number
  /** The number of these days that deviate. */
  readonly days: number
  /** The actual amount of the day that deviates most, and the expected one: the median of its days of the week. */
  readonly peak: { readonly day: number; readonly amount: number; readonly usual: number }
  /** The actual amount of all days that deviate, and the expected one. */
  readonly amount: number
  readonly usual: number
  /** The same days of the week before the first day, oldest first. */
  readonly before: readonly DayAmount[]
}

const WEEKS = 8

/** The least number of known days of the same weekday before one of them can deviate. */
const LEAST_WEEKS = 4

/** A median absolute deviation times this is a standard deviation, for values that scatter normally. */
const DEVIATION = 1.4826

/** Up to this many standard deviations are chance. */
const CHANCE = 4

/** A rise of less than this share of the expected amount does not count, however even the days before were. */
const SHARE = 0.5

/** Two changes with at most this many days without a change between them are one: a weekend. */
const APART = 3

interface Outlier {
  readonly day: number
  readonly amount: number
  readonly usual: number
  readonly before: readonly DayAmount[]
}

/**
 * Anomalies of a daily series, oldest first. A day is compared with the same days of the week of the eight weeks before
 * it, by their median and their median absolute deviation, which one odd day before does not move. It is an anomaly
 * when it is above the median by the minimum, by four deviations and by half of the expected amount; or when it is zero
 * where the median is at least the minimum and four deviations.
 */
export function anomalies(series: readonly DayAmount[], span: AnomalySpan): Anomaly[] {
  const amounts = new Map(series.map(({ day, amount }) => [day, amount]))
  const changes: Anomaly[] = []
  for (let day = span.from; day < span.to; day += 1) {
    const outlier = { day, amount: amounts.get(day) ?? 0, ...computeUsual(amounts, span.known, day) }
    const direction = getDirection(outlier, span)
    if (direction === null) continue
    const last = changes.at(-1)
    if (last !== undefined && last.direction === direction && day - last.lastDay <= APART + 1) {
      changes[changes.length - 1] = joined(last, outlier)
    } else {
      changes.push(getChange(direction, outlier))
    }
  }
  return changes
}

function computeUsual(
  amounts: ReadonlyMap<number, number>,
  known: number,
  day: number,
): { readonly usual: number; readonly before: readonly DayAmount[] } {
  const before = Array.from({ length: WEEKS }, (_, n) => day - (WEEKS - n) * 7)
    .filter((each) => each >= known)
    .map((each) => ({ day: each, amount: amounts.get(each) ?? 0 }))
  return { usual: computeMedian(before.map(({ amount }) => amount)), before }
}

function getDirection({ day, amount, usual, before }: Outlier, span: AnomalySpan): Anomaly['direction'] | null {
  if (before.length < LEAST_WEEKS) return null
  const deviation = DEVIATION * computeMedian(before.map((each) => Math.abs(each.amount - usual)))
  const least = Math.max(span.minimum, CHANCE * deviation)
  if (amount - usual >= Math.max(least, SHARE * usual)) return 'up'
  return amount === 0 && day < span.whole && usual >= least ? 'down' : null
}

function getChange(direction: Anomaly['direction'], { day, amount, usual, before }: Outlier): Anomaly {
  return {
    direction,
    firstDay: day,
    lastDay: day,
    days: 1,
    peak: { day, amount, usual },
    amount,
    usual,
    before,
  }
}

function joined(change: Anomaly, { day, amount, usual }: Outlier): Anomaly {
  const isMore = Math.abs(amount - usual) > Math.abs(change.peak.amount - change.peak.usual)
  return {
    ...change,
    lastDay: day,
    days: change.days + 1,
    peak: isMore ? { day, amount, usual } : change.peak,
    amount: change.amount + amount,
    usual: change.usual + usual,
  }
}

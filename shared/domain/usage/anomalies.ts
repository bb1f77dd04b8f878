import { computeMedian } from './median.ts'

/** What was used on one day: money in micro-USD, or tokens. Days count from 1970-01-01, UTC. */
export interface DayAmount {
  readonly day: number
  readonly amount: number
}

/** Which days are judged. */
export interface AnomalySpan {
  /** The first day of which anything is known of whoever the series belongs to; a series that begins later was 0 before. */
  readonly known: number
  /** The first day that is judged, and the one after the last. */
  readonly from: number
  readonly to: number
  /** Days before this one are whole: nothing more will be told of them, so that a fall on them is one. */
  readonly whole: number
  /** What a day has to differ by at least, in the unit of the amounts; more than 0. */
  readonly minimum: number
}

/** Days in a row (but for a few) on which much more was used than usual, or nothing where something usually is. */
export interface Anomaly {
  readonly direction: 'up' | 'down'
  readonly firstDay: number
  readonly lastDay: number
  /** How many days of these stood out. */
  readonly days: number
  /** What came on the day that stood out most, and what is usual on such a day: the median of its days of the week. */
  readonly peak: { readonly day: number; readonly amount: number; readonly usual: number }
  /** What came on all the days that stood out, and what would have been usual. */
  readonly amount: number
  readonly usual: number
  /** The same days of the week before the first day, oldest first. */
  readonly before: readonly DayAmount[]
}

const WEEKS = 8

/** Days of the same name that have to be known before one of them can stand out. */
const LEAST_WEEKS = 4

/** A median absolute deviation times this is a standard deviation, for values that scatter normally. */
const DEVIATION = 1.4826

/** Standard deviations that are chance. */
const CHANCE = 4

/** A rise of less than this share of what is usual is none, however even the days before were. */
const SHARE = 0.5

/** Days without a change that two changes may lie apart and still be one: a weekend. */
const APART = 3

interface Outlier {
  readonly day: number
  readonly amount: number
  readonly usual: number
  readonly before: readonly DayAmount[]
}

/**
 * Sudden changes of a daily series, oldest first. A day is held against the same days of the week of the eight weeks
 * before it, by their median and their median absolute deviation, which one odd day before does not move. It stands out
 * when it is above the median by the minimum, by four deviations and by half of what is usual; or when it comes to
 * nothing where the median is at least the minimum and four deviations.
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

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
  /** The amounts of that day of the week before the first day, oldest first. */
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
  readonly direction: Anomaly['direction']
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
  const amounts = placeDays(series, span)
  const changes: Anomaly[] = []
  for (let day = span.from; day < span.to; day += 1) {
    const outlier = findOutlier(amounts, day, span)
    if (outlier === null) continue
    const { direction } = outlier
    const last = changes.at(-1)
    if (last !== undefined && last.direction === direction && day - last.lastDay <= APART + 1) {
      changes[changes.length - 1] = joined(last, outlier)
    } else {
      changes.push(getChange(outlier))
    }
  }
  return changes
}

/** The amounts of all days that are compared, from the first one on; 0 for days without usage. */
function placeDays(series: readonly DayAmount[], { from, to }: AnomalySpan): Float64Array {
  const first = from - WEEKS * 7
  const amounts = new Float64Array(Math.max(0, to - first))
  for (const { day, amount } of series) if (day >= first && day < to) amounts[day - first] = amount
  return amounts
}

/** The values of a median. Thousands of series are judged day by day, and most are as expected. */
const compared = new Float64Array(WEEKS)

/** The day, where it deviates. */
function findOutlier(amounts: Float64Array, day: number, span: AnomalySpan): Outlier | null {
  const { known, from, whole, minimum } = span
  const at = day - from + WEEKS * 7
  const count = Math.min(WEEKS, Math.floor((day - known) / 7))
  if (count < LEAST_WEEKS) return null
  const amountBefore = (weeks: number): number => amounts[at - weeks * 7] ?? 0
  for (let n = 0; n < count; n += 1) compared[n] = amountBefore(n + 1)
  const usual = takeMedian(count)
  const amount = amounts[at] ?? 0
  const isUp = amount - usual >= Math.max(minimum, SHARE * usual)
  const isDown = amount === 0 && day < whole && usual >= minimum
  if (!isUp && !isDown) return null
  for (let n = 0; n < count; n += 1) compared[n] = Math.abs(amountBefore(n + 1) - usual)
  if (Math.abs(amount - usual) < CHANCE * DEVIATION * takeMedian(count)) return null
  const before = Array.from({ length: count }, (_, n) => ({
    day: day - (count - n) * 7,
    amount: amountBefore(count - n),
  }))
  return { direction: isUp ? 'up' : 'down', day, amount, usual, before }
}

/** The middle of the first values of `compared`, or the mean of the two in the middle. */
function takeMedian(count: number): number {
  compared.subarray(0, count).sort()
  return ((compared[(count - 1) >> 1] ?? 0) + (compared[count >> 1] ?? 0)) / 2
}

function getChange({ direction, day, amount, usual, before }: Outlier): Anomaly {
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

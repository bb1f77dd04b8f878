import type { Outputs } from '../../../shared/contract/contract.ts'
import { addDays, daysBetween, type Day } from '../../../shared/domain/day.ts'
import { SEVERITIES, type Severity } from '../../../shared/domain/findings/severity.ts'
import { formatDay, plural } from '../../ui/relative.ts'

type Points = Outputs['findings']['trend']

/** The chart shows at most this many days, the last ones; the table shows all. */
export const MOST_DAYS = 180

export interface Trend {
  /** Every day from the first to the last, also those on which nothing changed. */
  readonly days: readonly TrendDay[]
  /** The highest number of open findings on a day. */
  readonly most: number
  readonly summary: string
}

export interface TrendDay {
  readonly day: Day
  readonly counts: Readonly<Record<Severity, number>>
  readonly total: number
}

/** Findings over time, day by day: a number holds until the day on which it changes. */
export function computeTrend(points: Points): Trend {
  const last = points.at(-1)?.day
  const first = points[0]?.day
  if (first === undefined || last === undefined) return { days: [], most: 0, summary: '' }
  const from = daysBetween(first, last) < MOST_DAYS ? first : addDays(last, 1 - MOST_DAYS)
  const days: TrendDay[] = []
  let at = 0
  for (let day = from; day <= last; day = addDays(day, 1)) {
    while (at + 1 < points.length && (points[at + 1]?.day ?? '') <= day) at += 1
    const counts = points[at]?.counts
    if (counts !== undefined) {
      days.push({ day, counts, total: SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0) })
    }
  }
  return {
    days,
    most: Math.max(...days.map(({ total }) => total)),
    summary: `${plural(days.at(-1)?.total ?? 0, 'open finding')} on ${formatDay(last)}, ${days[0]?.total ?? 0} on ${formatDay(from)}. The table has the numbers by severity.`,
  }
}

/** Round numbers from 0 up to at least `most`, about four of them. */
export function roundSteps(most: number): readonly number[] {
  const rough = Math.max(1, most) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? power)
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step)
}

/** The indexes of about `count` days that are labelled, evenly apart, the last one included. */
export function labelledDays(length: number, count: number): readonly number[] {
  const step = Math.max(1, Math.ceil(length / count))
  const picked: number[] = []
  for (let at = length - 1; at >= 0; at -= step) picked.unshift(at)
  return picked
}

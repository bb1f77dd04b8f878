import { formatDay } from '../text/dates.ts'
import { dayText, monthOfDay, toFirstDay } from './rollups.ts'

/** Days since 1970-01-01, UTC: the first, and the one after the last. */
export interface DaySpan {
  readonly from: number
  readonly to: number
}

/** A set of days: spans in order, each with a gap before the next. Of other days nothing is known. */
export type ReadDays = readonly DaySpan[]

/**
 * Which days of a period were read. A sum over a period is one over its read days, and only sums of periods that were wholly read are
 * compared; where none was read there is no sum, not even zero.
 */
export type PeriodReading =
  | { readonly state: 'whole' }
  | { readonly state: 'part'; readonly days: ReadDays }
  | { readonly state: 'none' }

export const WHOLE: PeriodReading = { state: 'whole' }
export const NOT_READ: PeriodReading = { state: 'none' }

/** All days that are in one of the spans. */
export function joinDays(spans: readonly DaySpan[]): ReadDays {
  const joined: DaySpan[] = []
  for (const span of spans.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last === undefined || last.to < span.from) joined.push(span)
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return joined
}

/** The days of a set that are within a span. */
export function clipDays(days: ReadDays, { from, to }: DaySpan): ReadDays {
  return joinDays(days.map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) })))
}

/** The days that are in each of the sets; none of no sets. */
export function commonDays([first = [], ...others]: readonly ReadDays[]): ReadDays {
  return others.reduce<ReadDays>((days, other) => joinDays(days.flatMap((span) => clipDays(other, span))), first)
}

/** True if a day is in a set. */
export function hasDay(days: ReadDays, day: number): boolean {
  return days.some(({ from, to }) => day >= from && day < to)
}

/** `2026-11-01/2026-11-09 2026-11-15/2026-11-24`: the first and the last day of each span, for files and programs. */
export function daysText(days: ReadDays): string {
  return days.map(({ from, to }) => `${dayText(from)}/${dayText(to - 1)}`).join(' ')
}

/** True if a set of days has no gap and begins on the first of a month. */
export function isFromFirst([first, ...others]: ReadDays): boolean {
  return others.length === 0 && first !== undefined && toFirstDay(monthOfDay(first.from)) === first.from
}

/** How much of a period was read, in the words of `readingWords`. */
export const READ_WORDS: Readonly<Record<PeriodReading['state'], string>> = {
  whole: 'complete',
  part: 'read in part',
  none: 'not read',
}

/** The read days of a period, of all that were read. */
export function readingOf(read: ReadDays, { from, to }: DaySpan): PeriodReading {
  const days = clipDays(read, { from, to })
  const [first] = days
  if (first === undefined) return NOT_READ
  return first.from === from && first.to === to ? WHOLE : { state: 'part', days }
}

/** The days that a reading of a period is of. */
export function daysOf(reading: PeriodReading, { from, to }: DaySpan): ReadDays {
  if (reading.state === 'none') return []
  return reading.state === 'whole' ? [{ from, to }] : reading.days
}

/** Joins the readings of a period of several sources; whole only where each of them is. */
export function joinReadings(readings: readonly PeriodReading[], period: DaySpan): PeriodReading {
  if (readings.every(({ state }) => state === 'none')) return NOT_READ
  if (readings.every(({ state }) => state === 'whole')) return WHOLE
  return { state: 'part', days: joinDays(readings.flatMap((reading) => daysOf(reading, period))) }
}

/** `complete`, `read in part` where each day was read of some sources, `read from 24 Oct 2026 on`, `read through 18 Nov 2026`, `read from 5 Nov 2026 through 9 Nov 2026`, `not read`. */
export function readingWords(reading: PeriodReading, period: DaySpan): string {
  if (reading.state === 'none') return 'not read'
  if (reading.state === 'whole') return 'complete'
  const spans = reading.days.map(({ from, to }) => {
    const [first, last] = [formatDay(dayText(from)), formatDay(dayText(to - 1))]
    if (from === period.from && to === period.to) return 'in part'
    if (from === period.from) return `through ${last}`
    return to === period.to ? `from ${first} on` : `from ${first} through ${last}`
  })
  return `read ${spans.join(' and ')}`
}

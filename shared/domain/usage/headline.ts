import { changePercent, signedPercent, wholeMoney } from '../text/amounts.ts'
import { formatDay, formatMonth, formatShortDay } from '../text/dates.ts'
import { type DaySpan, type PeriodReading, readingWords } from './read-days.ts'
import { dayNumber, monthNumber, monthText } from './rollups.ts'

/** A month beside the one before: micro-USD, and the last days that are compared, included. */
interface ComparedMonth {
  /** `YYYY-MM`. */
  readonly month: string
  /** Both months are compared as a whole; otherwise the same days of both. */
  readonly whole: boolean
  readonly to: string
  readonly beforeTo: string
  readonly now: number
  /** Null where not all days of both were read. */
  readonly before: number | null
  /** The whole month before; null where not all of its days were read. */
  readonly last: number | null
  readonly reading: PeriodReading
  readonly readingBefore: PeriodReading
}

/** A month's spend in a sentence, in parts that a page may set off from each other. */
interface Headline {
  /** `$15,356` */
  readonly amount: string
  /** ` in October 2026` */
  readonly when: string
  /** `+28 %`; null where there is nothing to compare with. */
  readonly change: string | null
  /** ` on September ($11,997)`; else why there is no change. */
  readonly beside: string
  /** The comparison in words: the days of the month before, and the whole of it; null for a month that is over. */
  readonly note: string | null
}

/** The cost of a month, compared with the month before: with as many days of it while the month is not complete. */
export function getHeadline(compared: ComparedMonth): Headline {
  const { month, whole, to, beforeTo, now, before, last, reading, readingBefore } = compared
  const previous = monthText((monthNumber(month) ?? 0) - 1)
  const name = formatMonth(previous, month)
  const when = ` in ${formatMonth(month)}${whole ? '' : ` so far (${toDays(month, to)})`}`
  if (reading.state === 'none') return { amount: 'Usage', when, change: null, beside: 'not read', note: null }
  if (before === null) {
    const part = reading.state === 'part' ? `${readingWords(reading, toMonth(to))}; ` : ''
    return {
      amount: wholeMoney(now),
      when,
      change: null,
      beside: `${part}not compared with ${name} (${readingWords(readingBefore, toMonth(beforeTo))})`,
      note: null,
    }
  }
  const percent = changePercent(now, before)
  const nothing = before === 0 ? 'nothing' : wholeMoney(before)
  const beside = whole ? `${name} (${nothing})` : `the same days of ${name} (${nothing})`
  return {
    amount: wholeMoney(now),
    when,
    change: percent === null ? null : signedPercent(percent),
    beside: percent === null ? `compared with ${beside}` : ` on ${beside}`,
    note: whole
      ? null
      : `Same days: ${toDays(month, to)} and ${toDays(previous, beforeTo)}. ${name} as a whole: ${last === null ? 'not read' : wholeMoney(last)}.`,
  }
}

export function headlineText(of: ComparedMonth): string {
  const { amount, when, change, beside, note } = getHeadline(of)
  return `${amount}${when}, ${change ?? ''}${beside}.${note === null ? '' : ` ${note}`}`
}

/** `1–25 Nov`, or `1 Nov` for one day. */
function toDays(month: string, to: string): string {
  const last = formatShortDay(to)
  return to.endsWith('-01') && to.startsWith(month) ? last : `1–${last}`
}

/** The days of a month and of its comparison that were read, and the sources that were never read. */
interface ReadMonth extends Pick<ComparedMonth, 'whole' | 'to' | 'beforeTo' | 'reading' | 'readingBefore'> {
  readonly never: readonly string[]
}

/** `read from 24 Oct 2026 on; not compared: the month before not read; never read: Lab`; empty where all days of two whole months were read. */
export function describeReading({ whole, to, beforeTo, reading, readingBefore, never }: ReadMonth): string {
  const isRead = reading.state === 'whole'
  const other = `${whole ? 'the month before' : 'its same days'} ${readingWords(readingBefore, toMonth(beforeTo))}`
  return [
    ...(isRead ? (whole ? [] : [`read through ${formatDay(to)}`]) : [readingWords(reading, toMonth(to))]),
    ...(isRead && readingBefore.state !== 'whole' ? [`not compared: ${other}`] : []),
    ...(never.length === 0 ? [] : [`never read: ${never.join(', ')}`]),
  ].join('; ')
}

/** Days with what was read of them, and the organizations that were never read. */
interface ReadPeriod {
  readonly from: string
  readonly to: string
  readonly reading: PeriodReading
  readonly never: readonly string[]
}

/** `read through 18 Nov 2026; never read: Lab`; empty where all of a period was read. */
export function describePeriod({ from, to, reading, never }: ReadPeriod): string {
  const period = { from: dayNumber(Date.parse(from)), to: dayNumber(Date.parse(to)) + 1 }
  return [
    ...(reading.state === 'whole' ? [] : [readingWords(reading, period)]),
    ...(never.length === 0 ? [] : [`never read: ${never.join(', ')}`]),
  ].join('; ')
}

/** The days from the first of a month to a day. */
function toMonth(last: string): DaySpan {
  return { from: dayNumber(Date.parse(`${last.slice(0, 7)}-01`)), to: dayNumber(Date.parse(last)) + 1 }
}

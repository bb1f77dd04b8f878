import { dayText, monthNumber, dayNumber, toFirstDay } from './rollups.ts'
import { formatDay, formatMonth } from '../text/dates.ts'
import { monthSpan } from './forecast.ts'

/** Kinds of usage report: for team leads, for finance, and for a client. */
export const REPORT_KINDS = ['weekly', 'monthly', 'invoice'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

/** The whole days that a report covers. Days count from 1970-01-01, UTC; `to` is the first that is not in it. */
export interface ReportPeriod {
  /** `2026-W47` or `2026-10`. */
  readonly word: string
  readonly from: number
  readonly to: number
}

const DAYS_OF_WEEK = 7

/** 1970-01-01 was a Thursday. */
const FIRST_MONDAY = 4

/** The Monday of the week that contains a day. */
function computeMonday(day: number): number {
  return Math.floor((day - FIRST_MONDAY) / DAYS_OF_WEEK) * DAYS_OF_WEEK + FIRST_MONDAY
}

/** The first Monday of an ISO year (ISO 8601): its week holds the 4th of January. */
function firstWeek(year: number): number {
  return computeMonday(dayNumber(Date.UTC(year, 0, 4)))
}

/** The ISO week that contains a day; it belongs to the year of its Thursday. */
export function toWeek(day: number): ReportPeriod {
  const from = computeMonday(day)
  const year = Number(dayText(from + 3).slice(0, 4))
  const week = (from - firstWeek(year)) / DAYS_OF_WEEK + 1
  return { word: `${year}-W${String(week).padStart(2, '0')}`, from, to: from + DAYS_OF_WEEK }
}

/** The month that contains a day. */
export function getMonth(day: number): ReportPeriod {
  const { start, end } = monthSpan(day)
  return { word: dayText(start).slice(0, 7), from: start, to: end }
}

/** The period of `YYYY-Www` or `YYYY-MM`; null for anything else, and for a week that does not exist in its year. */
export function parsePeriod(word: string): ReportPeriod | null {
  const week = /^(\d{4})-W(\d{2})$/u.exec(word)
  if (week === null) {
    const month = monthNumber(word)
    return month === null ? null : getMonth(toFirstDay(month))
  }
  const period = toWeek(firstWeek(Number(week[1])) + (Number(week[2]) - 1) * DAYS_OF_WEEK)
  return period.word === word ? period : null
}

/** True if a period has the length of a kind of report. */
export function isPeriodFor(kind: ReportKind, { word }: ReportPeriod): boolean {
  return word.includes('W') === (kind === 'weekly')
}

/** The period of the same length just before. */
export function periodBefore(period: ReportPeriod): ReportPeriod {
  return period.word.includes('W') ? toWeek(period.from - 1) : getMonth(period.from - 1)
}

/** The period of the same length just after. */
export function periodAfter(period: ReportPeriod): ReportPeriod {
  return period.word.includes('W') ? toWeek(period.to) : getMonth(period.to)
}

/** The last period of a kind that is over on a day. */
export function lastPeriod(kind: ReportKind, today: number): ReportPeriod {
  return periodBefore(kind === 'weekly' ? toWeek(today) : getMonth(today))
}

/** A month has to be read completely, and late costs have to arrive, before it can be reported. */
const DAYS_AFTER_MONTH = 2

/** The day on which a report of a period is due: the Monday after a week, the third after a month. */
export function reportDueOn(period: ReportPeriod): number {
  return period.word.includes('W') ? period.to : period.to + DAYS_AFTER_MONTH
}

/** The latest period of a kind whose report is due by now. */
export function duePeriod(kind: ReportKind, today: number): ReportPeriod {
  const last = lastPeriod(kind, today)
  return reportDueOn(last) <= today ? last : periodBefore(last)
}

/** `16 Nov 2026 to 22 Nov 2026`, both included. */
export function periodDays({ from, to }: ReportPeriod): string {
  return `${formatDay(dayText(from))} to ${formatDay(dayText(to - 1))}`
}

/** `week 2026-W47` or `October 2026`. */
export function periodTitle({ word }: Pick<ReportPeriod, 'word'>): string {
  return word.includes('W') ? `week ${word}` : formatMonth(word)
}

/** The periods of a kind between two days, latest first. */
export function periodsBetween(kind: ReportKind, first: number, last: number): ReportPeriod[] {
  const periods: ReportPeriod[] = []
  for (let at = kind === 'weekly' ? toWeek(last) : getMonth(last); at.to > first; at = periodBefore(at))
    periods.push(at)
  return periods
}

import type { UsageStretch } from '../../../shared/contract/usage.ts'
import type { DaySpan } from '../../../shared/domain/usage/read-days.ts'
import { computeStart } from '../../../shared/domain/day.ts'
import { dayNumber, monthNumber, monthOfDay, toFirstDay } from '../../../shared/domain/usage/rollups.ts'

/** Numbers of days or months, both ends included. */
export interface Span {
  readonly over: 'day' | 'month'
  readonly from: number
  readonly to: number
}

/** The periods of a time range: of a month, or before today. */
export function toSpan(stretch: UsageStretch, month: number, today: number): Span {
  if (stretch === '12-months') return { over: 'month', from: month - 11, to: month }
  if (stretch === 'month') return { over: 'day', from: toFirstDay(month), to: toFirstDay(month + 1) - 1 }
  return { over: 'day', from: today + 1 - (stretch === '30-days' ? 30 : 90), to: today }
}

/** `YYYY-MM-DD` or `YYYY-MM` as a span of one. */
export function parsePeriod(text: string): Span {
  const month = monthNumber(text)
  if (month !== null) return { over: 'month', from: month, to: month }
  const day = dayNumber(computeStart(text))
  return { over: 'day', from: day, to: day }
}

/** The days of a span that have begun; all of them where none has. Without the one after the last. */
export function toDays({ over, from, to }: Span, today: number): DaySpan {
  const all = over === 'day' ? { from, to: to + 1 } : { from: toFirstDay(from), to: toFirstDay(to + 1) }
  return all.from > today ? all : { from: all.from, to: Math.min(all.to, today + 1) }
}

export interface Days {
  readonly from: number
  readonly to: number
}

export interface ComparedSpans {
  readonly day: number
  /** Both months are compared as a whole. */
  readonly whole: boolean
  readonly now: Days
  readonly before: Days
  readonly last: Days
}

/**
 * A month until a day (all of it, when it is over) beside the month before until the same day, or to its end where it has
 * fewer days; and the whole month before.
 */
export function comparedSpans(month: number, until: number): ComparedSpans {
  const [first, next, previous] = [toFirstDay(month), toFirstDay(month + 1), toFirstDay(month - 1)]
  const to = monthOfDay(until) === month ? until : next - 1
  const last = { from: previous, to: first - 1 }
  // A month that is over is compared as a whole.
  const whole = to === next - 1
  const before = whole ? last : { from: previous, to: Math.min(previous + to - first, first - 1) }
  return { day: to - first + 1, whole, now: { from: first, to }, before, last }
}

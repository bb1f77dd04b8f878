import type { UsageStretch } from '../../../shared/contract/usage.ts'
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

interface Days {
  readonly from: number
  readonly to: number
}

/**
 * A month until today (all of it, when it is over) beside the month before until the same day, or to its end where it
 * has fewer days; and the whole month before.
 */
export function comparedSpans(
  month: number,
  today: number,
): { readonly day: number; readonly now: Days; readonly before: Days; readonly last: Days } {
  const [first, next, previous] = [toFirstDay(month), toFirstDay(month + 1), toFirstDay(month - 1)]
  const to = monthOfDay(today) === month ? today : next - 1
  const last = { from: previous, to: first - 1 }
  // A month that is over is compared as a whole.
  const before = to === next - 1 ? last : { from: previous, to: Math.min(previous + to - first, first - 1) }
  return { day: to - first + 1, now: { from: first, to }, before, last }
}

/**
 * Calendar days as ISO text, `YYYY-MM-DD`: they sort as text, and a rotation is due on a day, not at an instant.
 * Instants elsewhere are integer milliseconds since the Unix epoch, UTC.
 */
export type Day = string

/** The time of a query: the instant, in milliseconds, and the operator's day at it. */
export interface Moment {
  readonly now: number
  readonly today: Day
}

/** Milliseconds and seconds of a day. */
export const DAY_MS = 86_400_000
export const DAY_SECONDS = DAY_MS / 1000

const FORM = /^\d{4}-\d{2}-\d{2}$/u

/** True if a text is a day that exists: `2026-02-29` is not. */
export function isDay(text: string): boolean {
  if (!FORM.test(text)) return false
  const at = computeStart(text)
  // A day past the end of its month may be read as one of the next.
  return !Number.isNaN(at) && getDay(at) === text
}

/** Days are counted within the four-digit years; a key cannot have a date outside them. */
const FIRST = Date.parse('0000-01-01T00:00:00.000Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * The UTC day of an instant in milliseconds; an instant outside the years 0 to 9999 counts as the first or last day.
 */
export function getDay(instant: number): Day {
  return new Date(Math.min(LAST, Math.max(FIRST, instant))).toISOString().slice(0, 10)
}

/** The day on the operator's calendar at an instant. */
export function toLocalDay(instant: number): Day {
  const date = new Date(instant)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The instant, in milliseconds, at which a day begins in UTC. */
export function computeStart(day: Day): number {
  return Date.parse(`${day}T00:00:00.000Z`)
}

/** A day some days later (earlier when negative), within the years 0 to 9999. */
export function addDays(day: Day, days: number): Day {
  return getDay(computeStart(day) + days * DAY_MS)
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((computeStart(to) - computeStart(from)) / DAY_MS)
}

/** Adds calendar months to a day; the last day of a month that is shorter. Within the years 0 to 9999. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const count = Math.min(9999 * 12 + 11, Math.max(0, year * 12 + month - 1 + months))
  const last = new Date(0)
  // The year is set separately: the constructor reads years below 100 as those of the 20th century.
  last.setUTCFullYear(Math.floor(count / 12), (count % 12) + 1, 0)
  return getDay(last.setUTCDate(Math.min(date, last.getUTCDate())))
}

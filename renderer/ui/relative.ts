import { DAY_MS, isDay, toLocalDay, type Day } from '../../shared/domain/day.ts'
import { formatDay } from '../../shared/domain/text/dates.ts'

export { formatDay }

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * An instant (milliseconds since the epoch) in words: `just now`, `5 min ago`, `3 hours ago`, `12 days ago`, `in 2
 * days`. From about three months on it is months, then years.
 */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(now - at)
  if (distance < MINUTE) return 'just now'
  const text = getSpan(distance)
  return at <= now ? `${text} ago` : `in ${text}`
}

function getSpan(distance: number): string {
  if (distance < HOUR) return `${Math.floor(distance / MINUTE)} min`
  if (distance < DAY_MS) return plural(Math.floor(distance / HOUR), 'hour')
  const days = Math.floor(distance / DAY_MS)
  if (days < 90) return plural(days, 'day')
  if (days < 730) return plural(Math.floor(days / 30.44), 'month')
  return plural(Math.floor(days / 365.25), 'year')
}

/** `1 key`, `2 keys`, `1,200 keys`; the plural is the word with an s by default. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${wholeNumber(count)} ${count === 1 ? one : many}`
}

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** A count with thousands separated: `20,000`. */
export function wholeNumber(value: number): string {
  return WHOLE.format(value)
}

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })

/** An instant exactly, in the operator's time zone: `2 Dec 2026, 14:05 CET`. */
export function absoluteTime(at: number): string {
  return `${formatDay(toLocalDay(at))}, ${TIME.format(at)}`
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const WRITTEN_DAY = /^(\d{1,2})[ .]+([a-z]{3,9})\.?[ ,]+(\d{4})$/u

/**
 * Reads a day that a person wrote, as `2 Dec 2026`, `2 December 2026` or `2026-12-02`; null for any other text and for a
 * day that does not exist.
 */
export function parseDay(text: string): Day | null {
  const written = text.trim().toLowerCase()
  if (isDay(written)) return written
  const [, date = '', word = '', year = ''] = WRITTEN_DAY.exec(written) ?? []
  // Four letters of September are common: `Sept`.
  const month = MONTHS.findIndex((name) => name.startsWith(word)) + 1
  const day = `${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? day : null
}

/** A day relative to today: `today`, `tomorrow`, `in 12 days`, `3 days ago`. */
export function relativeDay(daysFromToday: number): string {
  if (daysFromToday === 0) return 'today'
  if (daysFromToday === 1) return 'tomorrow'
  if (daysFromToday === -1) return 'yesterday'
  const text = getSpan(Math.abs(daysFromToday) * DAY_MS)
  return daysFromToday < 0 ? `${text} ago` : `in ${text}`
}

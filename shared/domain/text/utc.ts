import { DAY_MS } from '../day.ts'

/** `2026-11-02T09:14:03Z` for an instant in milliseconds; null for none, or for one outside the years 1 to 9999. */
export function utcInstant(instant: number | null): string | null {
  if (instant === null || !Number.isFinite(instant) || instant < FIRST || instant > LAST) return null
  const whole = Math.trunc(instant)
  const day = Math.floor(whole / DAY_MS)
  const seconds = Math.floor((whole - day * DAY_MS) / 1000)
  const minutes = Math.floor(seconds / 60)
  return `${dayText(day)}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}Z`
}

const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59Z')

const KNOWN_DAYS = new Map<number, string>()

/** A document has hundreds of thousands of instants on some thousand days. */
function dayText(day: number): string {
  const known = KNOWN_DAYS.get(day)
  if (known !== undefined) return known
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10)
  if (KNOWN_DAYS.size === 4096) KNOWN_DAYS.clear()
  KNOWN_DAYS.set(day, text)
  return text
}

function twoDigits(number: number): string {
  return TWO_DIGITS[number] ?? ''
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

/**
 * Calendar days as ISO text, `YYYY-MM-DD`: they sort as they stand, and a rotation is due on a day, not at an instant.
 * Instants elsewhere are integer milliseconds since the Unix epoch, UTC.
 */
export type Day = string

const MS_PER_DAY = 86_400_000

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/u

/** Whether a text is a day that exists: `2026-02-29` is not. */
export function isDay(text: string): boolean {
  const match = FORM.exec(text)
  if (!match) return false
  const at = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** The UTC day of an instant in milliseconds. */
export function dayOf(instant: number): Day {
  return new Date(instant).toISOString().slice(0, 10)
}

/** The day on the operator's calendar at an instant. */
export function localDayOf(instant: number): Day {
  const date = new Date(instant)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The instant, in milliseconds, at which a day begins in UTC. */
export function startOf(day: Day): number {
  return Date.parse(`${day}T00:00:00.000Z`)
}

export function addDays(day: Day, days: number): Day {
  return dayOf(startOf(day) + days * MS_PER_DAY)
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((startOf(to) - startOf(from)) / MS_PER_DAY)
}

export function earlierDay(a: Day, b: Day): Day {
  return a <= b ? a : b
}

import type { Left } from './tally.ts'

const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)

const BAD_DATE = 'An invalid date; its row was kept without the date.'

/**
 * An instant from Unix seconds (OpenAI), in milliseconds. Null when missing; null too when it is not a number or not
 * between the years 2000 and 2200, with a remark in `left`: the row is worth more than its date.
 */
export function fromSeconds(value: unknown, left: Left[]): number | null {
  if (value === null || value === undefined) return null
  return checked(typeof value === 'number' ? Math.round(value * 1000) : Number.NaN, left)
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/u

/** An instant from RFC 3339 text (Anthropic), in milliseconds, by the same rules. */
export function fromRfc3339(value: unknown, left: Left[]): number | null {
  if (value === null || value === undefined) return null
  return checked(typeof value === 'string' && RFC_3339.test(value) ? Date.parse(value) : Number.NaN, left)
}

function checked(ms: number, left: Left[]): number | null {
  if (ms >= EARLIEST && ms < LATEST) return ms
  left.push({ harmless: BAD_DATE })
  return null
}

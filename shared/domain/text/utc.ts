/** `2026-11-02T09:14:03Z` for an instant in milliseconds; null for none, or for one outside the years 1 to 9999. */
export function utcInstant(instant: number | null): string | null {
  if (instant === null || !Number.isFinite(instant) || instant < FIRST || instant > LAST) return null
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}

const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59Z')

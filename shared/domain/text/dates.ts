const DAY = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' })
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { month: 'short', day: 'numeric', timeZone: 'UTC' })
const MONTH = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' })
const MONTH_ALONE = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })
const SHORT_MONTH = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'short', timeZone: 'UTC' })

/** A text that is not a date stays as it is. */
function write(format: Intl.DateTimeFormat, text: string): string {
  const at = Date.parse(`${text.length === 7 ? `${text}-01` : text}T00:00:00Z`)
  return Number.isNaN(at) ? text : format.format(at)
}

/** A calendar day (`2026-12-02`) for people: `2 Dec 2026`. */
export function formatDay(day: string): string {
  return write(DAY, day)
}

/** A day where the year is clear: `2 Dec`. */
export function formatShortDay(day: string): string {
  return write(SHORT_DAY, day)
}

/** A month (`2026-10`) for people: `October 2026`; without the year where it is that of another month: `October`. */
export function formatMonth(month: string, beside?: string): string {
  return write(beside?.slice(0, 4) === month.slice(0, 4) ? MONTH_ALONE : MONTH, month)
}

/** A day or a month where there is little room: `2 Dec`, `Oct 2026`. */
export function formatPeriod(period: string): string {
  return period.length === 7 ? write(SHORT_MONTH, period) : formatShortDay(period)
}

/** A day or a month with its year: `2 Dec 2026`, `October 2026`. */
export function formatWholePeriod(period: string): string {
  return period.length === 7 ? formatMonth(period) : formatDay(period)
}

/**
 * The one place where dates are written for people. Months have three letters at most where they are short: Intl writes
 * `Sept` in British English and `Sep` in American.
 */
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

interface Parts {
  readonly year: string
  readonly month: string
  readonly date: number
  readonly weekday: string
}

/** The parts of a day, or of the first day of a month; null for a text that is neither. */
function readParts(text: string): Parts | null {
  const [, year = '', month = '', date = '01'] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/u.exec(text) ?? []
  const at = new Date(`${year}-${month}-${date}T00:00:00Z`)
  const name = MONTHS[Number(month) - 1]
  const weekday = WEEKDAYS[at.getUTCDay()]
  return name === undefined || weekday === undefined ? null : { year, month: name, date: Number(date), weekday }
}

/** A text that is not a date stays as it is. */
function write(text: string, form: (parts: Parts) => string): string {
  const parts = readParts(text)
  return parts === null ? text : form(parts)
}

const short = (month: string): string => month.slice(0, 3)

/** A calendar day (`2026-12-02`) for people: `2 Dec 2026`. */
export function formatDay(day: string): string {
  return write(day, ({ date, month, year }) => `${date} ${short(month)} ${year}`)
}

/** A day where the year is clear: `2 Dec`. */
export function formatShortDay(day: string): string {
  return write(day, ({ date, month }) => `${date} ${short(month)}`)
}

/** A day with its weekday: `Wednesday, 2 Dec 2026`. */
export function formatWeekday(day: string): string {
  return write(day, ({ weekday }) => `${weekday}, ${formatDay(day)}`)
}

/** A month (`2026-10`) for people: `October 2026`; without the year where it is that of another month: `October`. */
export function formatMonth(month: string, beside?: string): string {
  return write(month, (parts) => (beside?.slice(0, 4) === parts.year ? parts.month : `${parts.month} ${parts.year}`))
}

/** A day or a month where there is little room: `2 Dec`, `Oct 2026`. */
export function formatPeriod(period: string): string {
  return period.length === 7 ? write(period, ({ month, year }) => `${short(month)} ${year}`) : formatShortDay(period)
}

/** A day or a month with its year: `2 Dec 2026`, `October 2026`. */
export function formatWholePeriod(period: string): string {
  return period.length === 7 ? formatMonth(period) : formatDay(period)
}

import { type Day, getDay, isDay, computeStart } from '../day.ts'

/**
 * Dates as consoles and spreadsheets write them. `03/04/2026` is read only if another value of the same column, such as
 * `25/04/2026`, proves which number is the day; guessing would move a rotation by months.
 */
export type DateOrder = 'day-first' | 'month-first' | 'unproven' | 'contradictory'

export type ReadDate =
  /** `day` as written; `at` in milliseconds since the epoch, UTC where the text names no offset. */
  | { readonly state: 'date'; readonly day: Day; readonly at: number }
  | { readonly state: 'empty' }
  | { readonly state: 'bad'; readonly reason: string }

const EMPTY = /^(?:|[-–—]|n\/?a|none|null|unknown|not set|not-reported)$/iu
const TIME = String.raw`(?:(?:T|,?\s+(?:at\s+)?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`, 'u')
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${TIME}$`, 'u')
const MONTH_NAME_FIRST = new RegExp(
  String.raw`^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}$`,
  'u',
)
const MONTH_NAME_SECOND = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})${TIME}$`,
  'u',
)
const UNIX_SECONDS = /^\d{9,10}$/u
const UNIX_MILLISECONDS = /^\d{12,13}$/u

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const

const MS_PER_MINUTE = 60_000

const FORMS = 'Write it as YYYY-MM-DD.'

/** The order of day and month in `03/04/2026` that the values of one column prove. */
export function detectDateOrder(values: Iterable<string>): DateOrder {
  let dayFirst = false
  let monthFirst = false
  for (const value of values) {
    const match = YEAR_LAST.exec(value.trim())
    if (!match || match[2] === '.') continue
    const [first, second] = [Number(match[1]), Number(match[3])]
    if (first > 12 && second <= 12) dayFirst = true
    if (second > 12 && first <= 12) monthFirst = true
  }
  if (dayFirst && monthFirst) return 'contradictory'
  if (dayFirst) return 'day-first'
  return monthFirst ? 'month-first' : 'unproven'
}

/** Reads one date. A reason contains what is wrong and what to write, without repeating the text. */
export function readDate(text: string, order: DateOrder): ReadDate {
  const plain = text.trim()
  if (EMPTY.test(plain)) return { state: 'empty' }
  if (plain.length > 60) return bad(`is not a date. ${FORMS}`)
  if (UNIX_SECONDS.test(plain)) return fromInstant(Number(plain) * 1000)
  if (UNIX_MILLISECONDS.test(plain)) return fromInstant(Number(plain))
  const yearFirst = YEAR_FIRST.exec(plain)
  if (yearFirst) return fromParts(yearFirst[1], yearFirst[3], yearFirst[4], yearFirst.slice(5))
  const yearLast = YEAR_LAST.exec(plain)
  if (yearLast) return fromYearLast(yearLast, order)
  const named = MONTH_NAME_FIRST.exec(plain)
  if (named) return fromParts(named[3], monthNumber(named[1]), named[2], named.slice(4))
  const second = MONTH_NAME_SECOND.exec(plain)
  if (second) return fromParts(second[3], monthNumber(second[2]), second[1], second.slice(4))
  return bad(`is not a recognized date. ${FORMS}`)
}

function fromYearLast(match: RegExpExecArray, order: DateOrder): ReadDate {
  const [, first, separator, second, year] = match
  const time = match.slice(5)
  const dayFirst = fromParts(year, second, first, time)
  const monthFirst = fromParts(year, first, second, time)
  // Dates with dots are always written day first.
  if (separator === '.' || first === second) return dayFirst
  if (dayFirst.state === 'bad' || monthFirst.state === 'bad') return dayFirst.state === 'bad' ? monthFirst : dayFirst
  if (order === 'day-first') return dayFirst
  if (order === 'month-first') return monthFirst
  return bad(
    order === 'contradictory'
      ? `can be read day first or month first, and the column contains both. ${FORMS}`
      : `can be read day first or month first, and nothing in the column proves which. ${FORMS}`,
  )
}

function monthNumber(name: string | undefined): string | undefined {
  const word = (name ?? '').toLowerCase()
  const at = MONTHS.findIndex(
    (month) => month === word || month.slice(0, 3) === word || (word === 'sept' && month === 'september'),
  )
  return at === -1 ? undefined : String(at + 1)
}

function fromParts(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  time: readonly (string | undefined)[],
): ReadDate {
  if (year === undefined || month === undefined || day === undefined) return bad(`is not a recognized date. ${FORMS}`)
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isDay(written)) return bad('is a day that does not exist.')
  const minutes = parseMinutes(time)
  if (minutes === null) return bad('contains a time that does not exist.')
  return within({ state: 'date', day: written, at: computeStart(written) + minutes * MS_PER_MINUTE })
}

/** Minutes after midnight UTC, with seconds as a fraction; null for a time that does not exist. */
function parseMinutes(time: readonly (string | undefined)[]): number | null {
  const [hours, minutes, seconds, half, zone] = time
  if (hours === undefined) return 0
  let hour = Number(hours)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (/^p/iu.test(half) ? 12 : 0)
  }
  const minute = Number(minutes)
  const second = Number(seconds ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  const offset = /^([+-])(\d{2}):?(\d{2})$/u.exec(zone ?? '')
  const away = offset ? (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1) : 0
  return hour * 60 + minute + second / 60 - away
}

function fromInstant(at: number): ReadDate {
  return within({ state: 'date', day: getDay(at), at })
}

/** Years outside these are typing mistakes: no AI provider existed before, and no rotation is planned so far ahead. */
function within(date: ReadDate & { readonly state: 'date' }): ReadDate {
  if (date.day < '1970-01-01' || date.day >= '2200-01-01') return bad('is not between 1970 and 2200.')
  return { ...date, at: Math.round(date.at) }
}

function bad(reason: string): ReadDate {
  return { state: 'bad', reason }
}

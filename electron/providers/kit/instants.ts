import type { Expiry } from '../../../shared/domain/facts.ts'
import type { Omission } from './tally.ts'

const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)([Zz]|[+-]\d{2}:?\d{2})?)?$/u
const DECIMAL = /^\d{9,13}(?:\.\d+)?$/u

/**
 * The instant in a field of a row, in milliseconds since the epoch: seconds or milliseconds since 1970, as a number or as
 * text, or ISO 8601, where text without a zone is UTC and a day alone is its beginning. The two units cannot be confused:
 * instants are between the years 2000 and 2200. Null when missing. Null too for anything else, with the name of the field
 * in `left`: the row is worth more than its date, and what is known of the date stays (`apply/stage.ts`).
 */
export function toInstant<Field extends string>(
  row: Readonly<Partial<Record<Field, unknown>>>,
  field: Field,
  left: Omission[],
): number | null {
  const value: unknown = row[field]
  if (value === null || value === undefined || value === '') return null
  const ms = typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? fromText(value) : Number.NaN
  if (isInRange(ms)) return ms
  left.push({ harmless: `The date “${field}” cannot be read; its row was kept without it.` })
  return null
}

/** The instant at which something ends: a date that cannot be read is not taken for no end. */
export function toExpiry<Field extends string>(
  row: Readonly<Partial<Record<Field, unknown>>>,
  field: Field,
  left: Omission[],
): Expiry {
  const before = left.length
  const at = toInstant(row, field, left)
  return left.length > before ? 'unread' : at
}

function fromNumber(value: number): number {
  const seconds = Math.round(value * 1000)
  return isInRange(seconds) ? seconds : Math.round(value)
}

function fromText(value: string): number {
  if (DECIMAL.test(value)) return fromNumber(Number(value))
  const [, day, time, zone] = ISO.exec(value) ?? []
  return day === undefined ? Number.NaN : Date.parse(`${day}T${time ?? '00:00:00'}${zone?.toUpperCase() ?? 'Z'}`)
}

function isInRange(ms: number): boolean {
  return ms >= EARLIEST && ms < LATEST
}

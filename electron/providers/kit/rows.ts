import { z } from 'zod'

import type { Omission } from './tally.ts'
import type { Expiry } from '../../../shared/domain/facts.ts'

/** Longer names are not names; they would only slow every list that shows them. */
const LONGEST_TEXT = 2000
const LONGEST_ID = 300

/**
 * Two kinds of fields. Fields that only describe a row, its names and dates, may be of any form: another one counts as
 * missing. Fields by which a row gives access (ids, roles, states, amounts, conditions) are of the known form or
 * missing: in any other, the row cannot be read, since taking the field for missing would end what is known of it.
 */
const toText = (value: string): string => value.slice(0, LONGEST_TEXT).toWellFormed()

/**
 * Text of a provider that describes, verbatim: emoji, direction marks and line breaks stay. Null when missing, empty or
 * not text. Halves of surrogate pairs become U+FFFD here, as they would on disk, so that what is stored equals what was
 * read.
 */
export const text = z
  .string()
  .min(1)
  .transform(toText)
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

/** A word that decides what a row gives: a role, a state, a currency. Null when missing or empty. */
export const word = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? null : toText(value)))

/** A list of words that decide; null when missing. */
export const words = z
  .array(z.string().transform(toText))
  .nullish()
  .transform((value) => value ?? null)

/** An id of a provider. */
export const id = z
  .string()
  .min(1)
  .max(LONGEST_ID)
  .transform((value) => value.toWellFormed())

/** An id that a row may lack. */
export const optionalId = z
  .string()
  .max(LONGEST_ID)
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? null : value.toWellFormed()))

/** A field to be judged by other means, dates and amounts above all; it may be missing. */
export const raw = z.unknown().optional()

/** True if something holds; false when missing. */
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)

/** A part of a row; null when missing. */
export function part<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null)
}

/** A list inside a row, for `listWithin`. */
export const rows = part(z.array(z.unknown()))

/** The list inside a row; where it is missing or null, `left` has that it is unknown: it is not an empty one. */
export function listWithin(list: readonly unknown[] | null, what: string, left: Omission[]): readonly unknown[] {
  if (list === null) left.push(`${what} without its list.`)
  return list ?? []
}

const rowWithId = z.object({ id })

/** The id of a row; null for one that has none. */
export function idOfRow(row: unknown): string | null {
  return parseRow(rowWithId, row)?.id ?? null
}

/** The row by the schema, or null when it is not an object, lacks its id, or has a deciding field in an unknown form. */
export function parseRow<T extends z.ZodType>(schema: T, row: unknown): z.output<T> | null {
  const parsed = schema.safeParse(row)
  return parsed.success ? parsed.data : null
}

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

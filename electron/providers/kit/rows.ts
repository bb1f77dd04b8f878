import { z } from 'zod'

/** Longer names are not names; they would only slow every list that shows them. */
const LONGEST_TEXT = 2000
const LONGEST_ID = 300

/**
 * Text of a provider, verbatim: emoji, direction marks and line breaks stay. Null when missing, empty or not text.
 * Halves of surrogate pairs become U+FFFD here, as they would on disk, so that what is stored equals what was read.
 */
export const text = z
  .string()
  .min(1)
  .transform((value) => value.slice(0, LONGEST_TEXT).toWellFormed())
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

/** An id of a provider. A row whose own id is not one cannot be kept. */
export const id = z
  .string()
  .min(1)
  .max(LONGEST_ID)
  .transform((value) => value.toWellFormed())

/** An id that a row may lack. */
export const optionalId = id
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

/** A field to be judged by other means, dates and amounts above all; it may be missing. */
export const raw = z.unknown().optional()

/** True only when the provider reports true. */
export const flag = z.boolean().catch(false)

/** A part of a row that may be missing or of another form, as a whole. */
export function part<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null)
}

/** A list inside a row; anything else counts as an empty list. */
export const rows = z.array(z.unknown()).catch([])

const rowWithId = z.object({ id })

/** The id of a row; null for one that has none. */
export function idOfRow(row: unknown): string | null {
  return parseRow(rowWithId, row)?.id ?? null
}

/** The row by the schema, or null when it is not an object or lacks its id. */
export function parseRow<T extends z.ZodType>(schema: T, row: unknown): z.output<T> | null {
  const parsed = schema.safeParse(row)
  return parsed.success ? parsed.data : null
}

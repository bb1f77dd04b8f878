import { z } from 'zod'

import { canonicalJson, hasCanonicalForm, type Json } from '../domain/canonical-json.ts'
import { isDay } from '../domain/day.ts'
import { LAST_INSTANT } from '../decisions/readings.ts'

/** 128 random bits in hex, so that the hash of an operation confirms no guess at what it was. */
const salt = z.string().regex(/^[0-9a-f]{32}$/u)
const position = z.int().min(-1)
/** A time in milliseconds since the epoch that every device can show as a day. */
export const showableInstant = z.int().min(0).max(LAST_INSTANT)

/**
 * An operation of a team: what an entry has sealed, as canonical JSON. The author is the entry's device; the body's schema
 * is that of its kind, with its version as `v`.
 */
export const op = z.strictObject({
  kind: z.string().max(64),
  salt,
  /** Milliseconds by the author's clock: shown, and never compared. */
  at: showableInstant,
  /** The day that it counts as, in the team's time zone. */
  day: z.string().refine(isDay),
  /** The position of this stream that the author had read to; −1 before the first. */
  basis: position,
  /** The same of the client's facts, where the operation rests on them. */
  facts: position.optional(),
  /** The same of the client's decisions, where the operation is a reading: it rests on the connection. */
  decisions: position.optional(),
  /** The client's slug at the author's, where the operation adds a client: another register uses it where it is free. */
  slug: z.string().max(64).optional(),
  /** In words that are readable after the subject is removed. */
  subject: z.string().max(1000),
  body: z.looseObject({ v: z.int().positive() }),
})
export type Op = z.infer<typeof op>

/**
 * The kind of an operation that decides nothing: its entry rests on a removal, so no later entry of its stream can rest on a
 * time before it.
 */
export const FENCE = 'stream.fenced'

/** How deep lists and objects of an operation may be, itself included. */
export const MOST_LEVELS = 64

/** The operation of a text; null where the text is not the canonical form of one. */
export function parseOp(text: string): Op | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!hasCanonicalForm(value, MOST_LEVELS) || !op.safeParse(value).success) return null
  // The value itself, since the schema leaves out a member with the name `__proto__`, which the hash covers.
  return canonicalJson(value as Json) === text ? (value as Op) : null
}

import { z } from 'zod'

import { LAST_INSTANT } from '../decisions/readings.ts'
import { isDay } from '../domain/day.ts'

/**
 * An operation as a batch seals it. Its name is the SHA-256 of its canonical JSON (RFC 8785); the author is the device of the batch; the
 * body's schema is that of its kind.
 */
export const op = z.strictObject({
  /** A UUIDv7, under which it counts once in a log. */
  uid: z.uuidv7(),
  kind: z.string().max(64),
  /** Milliseconds by the author's clock: shown, and never compared. */
  at: z.int().min(0).max(LAST_INSTANT),
  /** The day that it counts as, in the author's time zone. */
  day: z.string().refine(isDay),
  /** The hash of the placed operation about the same subject that its author had in sight, in hex; null for none. */
  on: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .nullable(),
  /** The client's slug at the author's, where the operation adds a client: another register uses it where it is free. */
  slug: z.string().max(64).optional(),
  /** In words that are readable after the subject is removed. */
  subject: z.string().max(1000),
  body: z.looseObject({ v: z.int().positive() }),
})
export type Op = z.infer<typeof op>

/** The text that a box seals, as canonical JSON. `state`: the state hash of the author before the batch, in hex; null where it has none. */
export interface BatchText {
  readonly v: 1
  readonly state: { readonly fold: number; readonly hash: string } | null
  readonly ops: readonly Op[]
}

import { z } from 'zod'

import { day } from '../contract/common.ts'
import { itemDecision, reviewKind, reviewMark } from '../contract/reviews.ts'
import { isAscending } from '../domain/reviews/positions.ts'
import { localNumber, uid } from './kind.ts'
import { MOST_PACKED_BYTES, MOST_PIECE_BYTES, piece } from './readings.ts'

const ofReview = { review: localNumber, reviewUid: uid }
const ofBatch = { ...ofReview, batch: localNumber, batchUid: uid }

const count = z.number().int().nonnegative()

/** From 1; a review has no more items than this. */
const position = z.number().int().positive().max(2_000_000)

/** See `Runs`. */
export const positions = z.array(z.union([position, z.tuple([position, position])])).refine(isAscending)

const areas = ['reviews'] as const

/** Operations on the access reviews of a client. The row's subject is the name of the review, but for decisions. */
export const REVIEW_OPERATIONS = {
  /**
   * `population`: SHA-256, in hex, of what was frozen: policy, sources and items, a line each. Every register that
   * carries this out has these lines. `override`: why it was opened although there were obstacles.
   */
  'review.opened': {
    areas,
    body: z.strictObject({
      v: z.literal(1),
      ...ofReview,
      /** The number of the item at position 1; the others follow. */
      firstItem: localNumber,
      kind: reviewKind,
      dueOn: day,
      /** The signed review that it was compared with. */
      previousUid: uid.nullable(),
      items: count,
      flagged: count,
      population: z.string().regex(/^[0-9a-f]{64}$/u),
      /** The lines, compressed, where the operation is exchanged: the journal does not have them. */
      pieces: piece
        .array()
        .min(1)
        .max(Math.ceil(MOST_PACKED_BYTES / MOST_PIECE_BYTES))
        .optional(),
      override: z.string().optional(),
      obstacles: z.array(z.string()).optional(),
    }),
  },
  /** A review without items closes by itself. */
  'review.empty': { areas, body: z.strictObject({ v: z.literal(1), ...ofReview, kind: reviewKind }) },
  /** A batch of decisions, whatever its size. The row's subject names the first items. */
  'review.decided': {
    areas,
    body: z.strictObject({
      v: z.literal(1),
      ...ofBatch,
      positions: positions.min(1),
      decision: itemDecision,
      to: z.string().optional(),
      why: z.string().optional(),
      until: day.optional(),
      /** Those that are about the reviewer's own access. */
      self: positions,
    }),
  },
  /** Items get the decision that they had before; those that were decided again since keep it. `items`: how many changed. */
  'review.undone': { areas, body: z.strictObject({ v: z.literal(1), ...ofBatch, items: count }) },
  /** `as`: the name under the review; `on`: the day that counts as the last review of the accounts in it. */
  'review.signed': {
    areas: ['reviews', 'access'],
    body: z.strictObject({
      v: z.literal(1),
      ...ofReview,
      kind: reviewKind,
      as: z.string().min(1),
      on: day,
      items: count,
      kept: count,
      changed: count,
      removed: count,
      unknown: count,
      /** Why items that need more information are carried to the next review. */
      carried: z.string().optional(),
      dueOn: day,
      overdue: z.boolean(),
      marks: z.array(z.strictObject(reviewMark.shape)),
    }),
  },
  'review.acknowledged': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofReview, as: z.string().min(1), signedBy: z.string() }),
  },
  'review.withdrawn': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofReview, why: z.string().min(1), items: count, decided: count }),
  },
} as const
export type ReviewKindOfOperation = keyof typeof REVIEW_OPERATIONS
export type ReviewOperation = {
  readonly [K in ReviewKindOfOperation]: {
    readonly kind: K
    readonly client: string | null
    readonly body: z.infer<(typeof REVIEW_OPERATIONS)[K]['body']>
  }
}[ReviewKindOfOperation]

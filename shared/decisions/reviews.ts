import { z } from 'zod'

import { day } from '../contract/common.ts'
import { itemDecision, reviewKind, reviewMark } from '../contract/reviews.ts'
import type { Day } from '../domain/day.ts'
import type { OperationPlace } from '../domain/placed.ts'
import { countPositions, isAscending, type Runs } from '../domain/reviews/positions.ts'
import type { ItemDecision, ReviewKind, ReviewState } from '../domain/reviews/review.ts'
import { type Decision, decisionsOn } from './fold.ts'
import { LEAD, localNumber, REVIEWER, uid } from './kind.ts'
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
   * carries this out has these lines. `override`: why it was opened although there were obstacles. Two of them conflict where both open a
   * review of one client and kind.
   */
  'review.opened': {
    words: 'Access review opened',
    areas,
    right: REVIEWER,
    conflict: 'ask',
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
  'review.empty': {
    words: 'Access review without rows recorded',
    areas,
    right: REVIEWER,
    conflict: 'merge',
    body: z.strictObject({ v: z.literal(1), ...ofReview, kind: reviewKind }),
  },
  /** A batch of decisions, whatever its size. The row's subject names the first items. */
  'review.decided': {
    words: 'Batch of a review decided',
    areas,
    right: REVIEWER,
    conflict: 'ask',
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
  'review.undone': {
    words: 'Batch of a review undone',
    areas,
    right: REVIEWER,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...ofBatch, items: count }),
  },
  /** `as`: the name under the review; `on`: the day that counts as the last review of the accounts in it. */
  'review.signed': {
    words: 'Access review signed off',
    areas: ['reviews', 'access'],
    right: REVIEWER,
    conflict: 'ask',
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
    words: 'Access review acknowledged',
    areas,
    right: LEAD,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...ofReview, as: z.string().min(1), signedBy: z.string() }),
  },
  'review.withdrawn': {
    words: 'Access review cancelled',
    areas,
    right: REVIEWER,
    conflict: 'ask',
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

interface Signature {
  readonly signed_at: number | null
  readonly signed_by: string | null
  readonly signed_operator: string | null
  readonly acknowledged_at: number | null
  readonly acknowledged_by: string | null
  readonly acknowledged_operator: string | null
  /** Why items that need more information are carried to the next review. */
  readonly carried: string | null
}

/** A review as decisions determine it; what it froze is compared by its hash. */
export interface StoredReview extends Signature {
  readonly uid: string
  readonly client: string
  readonly kind: ReviewKind
  readonly name: string
  readonly state: ReviewState
  readonly opened_at: number
  readonly opened_by: string
  readonly due_on: Day
  readonly override: string | null
  /** The signed review that it was compared with, by its uid. */
  readonly previous: string | null
  readonly ended_at: number | null
  /** The hash of what was frozen, as the decision that opened it names it. */
  readonly population?: string
}

/** As a table stores it: a lone surrogate is replaced. */
const toText = (text: string | null | undefined): string | null => text?.toWellFormed() ?? null

const UNSIGNED: Signature = {
  signed_at: null,
  signed_by: null,
  signed_operator: null,
  acknowledged_at: null,
  acknowledged_by: null,
  acknowledged_operator: null,
  carried: null,
}

/** The review that a decision opens. */
export function toOpenedReview({
  at,
  operator,
  client,
  subject,
  body,
}: Omit<Decision<z.infer<(typeof REVIEW_OPERATIONS)['review.opened']['body']>>, 'placed'>): StoredReview {
  const { reviewUid, kind, dueOn, override, previousUid: previous, population } = body
  return {
    uid: reviewUid,
    client: client ?? '',
    kind,
    name: subject.toWellFormed(),
    state: 'open',
    opened_at: at,
    opened_by: operator.toWellFormed(),
    due_on: dueOn,
    override: toText(override),
    previous,
    ...UNSIGNED,
    ended_at: null,
    population,
  }
}

/** Returns the review after it has ended, if it was open. */
function endReview(review: StoredReview | null, changes: Partial<StoredReview>): StoredReview | null {
  return review?.state === 'open' ? { ...review, ...changes } : review
}

/** Reviews; who may decide, and when, was judged before. */
export const REVIEWS = decisionsOn<StoredReview, Omit<typeof REVIEW_OPERATIONS, 'review.decided' | 'review.undone'>>({
  table: 'review',
  makes: ['review.opened'],
  key: { of: ({ body }) => body.reviewUid, in: ({ uid: own }) => own },
  folds: {
    'review.opened': (known, decision) => known ?? toOpenedReview(decision),
    'review.empty': (known, { at }) => endReview(known, { state: 'empty', ended_at: at }),
    'review.signed': (known, { at, operator, body }) =>
      endReview(known, {
        state: 'signed',
        signed_at: at,
        signed_by: toText(body.as),
        signed_operator: toText(operator),
        carried: toText(body.carried),
        ended_at: at,
      }),
    'review.acknowledged': (known, { at, operator, body }) =>
      known?.state === 'signed'
        ? {
            ...known,
            state: 'acknowledged',
            acknowledged_at: at,
            acknowledged_by: toText(body.as),
            acknowledged_operator: toText(operator),
          }
        : known,
    // The reason that it was opened with is kept before the reason of the cancellation.
    'review.withdrawn': (known, { at, body }) => {
      const why = body.why.toWellFormed()
      const before = known?.override ?? null
      const override = before === null ? why : `${before}\nWithdrawn: ${why}`
      return endReview(known, { state: 'withdrawn', override, ended_at: at })
    },
  },
})

/** A batch of decisions about items of a review. */
export interface StoredBatch {
  readonly id: number
  readonly uid: string
  /** By its uid. */
  readonly review: string
  /** When the one before was decided; null for the first, for which the review could be looked at since it was opened. */
  readonly begun_at: number | null
  readonly decided_at: number
  readonly decided_by: string
  readonly decision: ItemDecision
  readonly change_to: string | null
  readonly why: string | null
  readonly until: Day | null
  readonly size: number
  readonly positions: Runs
  /** Those that are about the reviewer's own access. */
  readonly self: Runs
  readonly undone_at: number | null
  /** Its place among the decisions of a team; left out where it was read from the table. */
  readonly placed?: OperationPlace
}

/** When the last batch of a group was decided that was not reverted, so that a fold of 100,000 batches does not look at all before each. */
const LAST_DECIDED = new WeakMap<ReadonlyMap<string, StoredBatch>, number>()

export const BATCHES = decisionsOn<StoredBatch, Pick<typeof REVIEW_OPERATIONS, 'review.decided' | 'review.undone'>>({
  table: 'review_batch',
  makes: ['review.decided'],
  key: { of: ({ body }) => body.batchUid, in: ({ uid: own }) => own },
  group: { of: ({ body }) => body.reviewUid, in: ({ review }) => review },
  folds: {
    'review.decided': (known, { at, operator, placed, body }, rows) => {
      const { batch: id, batchUid, reviewUid, self, decision, to, why, until = null } = body
      // A row of the audit log without its number had no effect in this register.
      if (known !== null || id === undefined) return known
      const begun = LAST_DECIDED.get(rows) ?? findLastDecided(rows.values())
      LAST_DECIDED.set(rows, Math.max(at, begun ?? at))
      return {
        id,
        uid: batchUid,
        review: reviewUid,
        begun_at: begun,
        decided_at: at,
        decided_by: operator.toWellFormed(),
        decision,
        change_to: toText(to),
        why: toText(why),
        until,
        size: countPositions(body.positions),
        positions: body.positions,
        self,
        undone_at: null,
        placed,
      }
    },
    'review.undone': (known, { at }, rows) => {
      LAST_DECIDED.delete(rows)
      return known?.undone_at === null ? { ...known, undone_at: at } : known
    },
  },
})

/** When the last of the batches was decided that were not reverted. */
function findLastDecided(batches: Iterable<StoredBatch>): number | null {
  let last: number | null = null
  for (const { decided_at: at, undone_at: undone } of batches)
    if (undone === null && (last === null || at > last)) last = at
  return last
}

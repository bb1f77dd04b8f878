import { lastPosition, listPositions } from '../domain/reviews/positions.ts'
import type { ItemDecision, ReviewKind, ReviewState } from '../domain/reviews/review.ts'
import {
  type Author,
  findReviewVoid,
  isSameAuthor,
  type ReviewAct,
  type ReviewStanding,
  type ReviewVoid,
} from '../domain/reviews/rules.ts'
import type { ReviewOperation } from './reviews.ts'

/** Who made an operation, in which place, and what they had seen. */
export interface Placed {
  readonly author: Author
  /** Its place in the order that counts. */
  readonly at: number
  /** The last place that the author had seen; null for all before it, where there is one device. */
  readonly seen: number | null
}

/** A decision about an item, of a batch that was not reverted. */
interface Taken extends Placed {
  readonly batch: string
  readonly decision: ItemDecision
  readonly to: string | null
  readonly until: string | null
}

export interface FoldedReview {
  readonly client: string | null
  readonly kind: ReviewKind
  readonly state: ReviewState
  readonly items: number
  /** By position, from the first to the last. */
  readonly decided: ReadonlyMap<number, readonly Taken[]>
  readonly batches: ReadonlyMap<string, { readonly author: Author; readonly isUndone: boolean }>
  /** Batches and reverts, in order. */
  readonly changes: readonly Placed[]
  readonly signer: Author | null
}

/** Reviews by their uid. */
export type FoldedReviews = ReadonlyMap<string, FoldedReview>

/**
 * The reviews after an operation, or why it has no effect. Pure: every device that folds the same operations in the same
 * order has the same reviews.
 */
export function foldReview(
  reviews: FoldedReviews,
  operation: ReviewOperation,
  placed: Placed,
): FoldedReviews | ReviewVoid {
  const { reviewUid } = operation.body
  const review = findOwn(reviews, operation)
  const reason = findReviewVoid(review === undefined ? null : toStanding(review), toAct(reviews, operation, placed))
  if (reason !== null) return reason
  return new Map(reviews).set(reviewUid, change(review ?? open(operation), operation, placed))
}

/** The decision that counts about an item: null where there is none, `contested` where two people differ unseen. */
export function settle(taken: readonly Taken[]): ItemDecision | 'contested' | null {
  let unseen: readonly Taken[] = []
  for (const next of taken) {
    const isSeen = (before: Taken): boolean =>
      next.seen === null || before.at <= next.seen || isSameAuthor(before.author, next.author)
    unseen = [...unseen.filter((before) => !isSeen(before)), next]
  }
  const [first] = unseen
  if (first === undefined) return null
  const isEqual = ({ decision, to, until }: Taken): boolean =>
    decision === first.decision && to === first.to && until === first.until
  return unseen.every(isEqual) ? first.decision : 'contested'
}

export function toStanding({ state, items, decided, signer }: FoldedReview): ReviewStanding {
  const settled = [...decided.values()].map((taken) => settle(taken))
  const counting = settled.filter((decision) => decision !== null && decision !== 'contested')
  return {
    state,
    items,
    undecided: items - counting.length,
    questions: counting.filter((decision) => decision === 'unknown').length,
    signer,
  }
}

function toAct(reviews: FoldedReviews, operation: ReviewOperation, { author, seen }: Placed): ReviewAct {
  const { kind, body, client } = operation
  const review = findOwn(reviews, operation)
  if (kind === 'review.opened') {
    const isOfKind = (other: FoldedReview): boolean => other.client === client && other.kind === body.kind
    // One that exists cannot be opened again, whatever its state.
    const isOpen =
      reviews.has(body.reviewUid) || [...reviews.values()].some((one) => one.state === 'open' && isOfKind(one))
    return { kind, isOpen }
  }
  if (kind === 'review.decided') {
    return { kind, last: lastPosition(body.positions), isKnown: review?.batches.has(body.batchUid) ?? false }
  }
  if (kind === 'review.undone') return { kind, author, batch: review?.batches.get(body.batchUid) ?? null }
  if (kind === 'review.acknowledged') return { kind, author }
  if (kind !== 'review.signed') return { kind }
  const isAfter = (one: Placed): boolean => seen !== null && one.at > seen && !isSameAuthor(one.author, author)
  return { kind, carried: body.carried !== undefined, isBehind: review?.changes.some(isAfter) ?? false }
}

/** The review of an operation, where it is of the same client. */
function findOwn(reviews: FoldedReviews, { client, body }: ReviewOperation): FoldedReview | undefined {
  const review = reviews.get(body.reviewUid)
  return review?.client === client ? review : undefined
}

function open({ client, body }: ReviewOperation): FoldedReview {
  const { kind, items } = body as Extract<ReviewOperation, { kind: 'review.opened' }>['body']
  return { client, kind, items, state: 'open', decided: new Map(), batches: new Map(), changes: [], signer: null }
}

const STATES = {
  'review.empty': 'empty',
  'review.signed': 'signed',
  'review.acknowledged': 'acknowledged',
  'review.withdrawn': 'withdrawn',
} as const

function change(review: FoldedReview, { kind, body }: ReviewOperation, placed: Placed): FoldedReview {
  if (kind === 'review.opened') return review
  if (kind === 'review.decided') {
    const { batchUid: batch, positions, decision, to = null, until = null } = body
    const decided = new Map(review.decided)
    const taken: Taken = { ...placed, batch, decision, to, until }
    for (const position of listPositions(positions)) decided.set(position, [...(decided.get(position) ?? []), taken])
    const batches = new Map(review.batches).set(batch, { author: placed.author, isUndone: false })
    return { ...review, decided, batches, changes: [...review.changes, placed] }
  }
  if (kind === 'review.undone') {
    const { batchUid: batch } = body
    const left = [...review.decided].map(
      ([position, all]) => [position, all.filter((one) => one.batch !== batch)] as const,
    )
    const author = review.batches.get(batch)?.author ?? placed.author
    const batches = new Map(review.batches).set(batch, { author, isUndone: true })
    return { ...review, decided: new Map(left), batches, changes: [...review.changes, placed] }
  }
  const signer = kind === 'review.signed' ? placed.author : review.signer
  return { ...review, state: STATES[kind], signer }
}

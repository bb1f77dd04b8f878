import { addDecision, type Author, isSameAuthor, type OperationPlace } from '../domain/placed.ts'
import { hasPosition, lastPosition, type Runs, splitRuns } from '../domain/reviews/positions.ts'
import type { ItemDecision, ReviewKind, ReviewState } from '../domain/reviews/review.ts'
import { findReviewVoid, type ReviewAct, type ReviewStanding, type ReviewVoid } from '../domain/reviews/rules.ts'
import type { ReviewOperation } from './reviews.ts'

/** A decision about items of a review. */
interface PlacedDecision extends OperationPlace {
  readonly decision: ItemDecision
  readonly to: string | null
  readonly until: string | null
}

interface Batch extends PlacedDecision {
  readonly positions: Runs
  isUndone: boolean
}

export interface FoldedReview {
  readonly client: string | null
  readonly kind: ReviewKind
  readonly state: ReviewState
  readonly items: number
  /** By uid, in the order of the decisions. */
  readonly batches: ReadonlyMap<string, Readonly<Batch>>
  readonly signer: Author | null
}

interface Mutable extends FoldedReview {
  state: ReviewState
  signer: Author | null
  readonly batches: Map<string, Batch>
  /** Of each author, the last batch or revert. */
  readonly changes: OperationPlace[]
  /** Computed when it is asked for, and again after a change. */
  counts: Pick<ReviewStanding, 'undecided' | 'questions'> | null
}

export interface ReviewFold {
  /** By uid. */
  readonly reviews: ReadonlyMap<string, FoldedReview>
  /** Takes the next operation in the order that counts. Returns why it has no effect; null where it has one. */
  fold(operation: ReviewOperation, placed: OperationPlace): ReviewVoid | null
}

/**
 * The reviews that follow from operations. Every device that folds the same operations in the same order has the same
 * reviews and the same reasons.
 */
export function createReviewFold(): ReviewFold {
  const reviews = new Map<string, Mutable>()
  /** Of all reviews, so that a batch has one name. */
  const batches = new Set<string>()
  return {
    reviews,
    fold: (operation, placed) => {
      const { client, body } = operation
      const found = reviews.get(body.reviewUid)
      // A review of another client is none of this one.
      const review = found?.client === client ? found : undefined
      const act = toAct(reviews, batches, review, operation, placed)
      const asksItems = operation.kind === 'review.signed'
      const reason = findReviewVoid(review === undefined ? null : toStanding(review, asksItems), act)
      if (reason !== null) return reason
      if (operation.kind === 'review.opened') reviews.set(body.reviewUid, open(operation))
      else if (review !== undefined) change(review, operation, placed)
      if (operation.kind === 'review.decided') batches.add(operation.body.batchUid)
      return null
    },
  }
}

/** The decisions about an item, of batches that were not reverted. */
export function listTaken({ batches }: FoldedReview, position: number): readonly PlacedDecision[] {
  return [...batches.values()].filter(({ isUndone, positions }) => !isUndone && hasPosition(positions, position))
}

/** The decision that counts about an item, of those in order: null where there is none, `contested` where two people differ unseen. */
export function findCounting<T extends PlacedDecision>(taken: readonly T[]): T | 'contested' | null {
  const last = taken.at(-1)
  // On one device, each decision replaces those before it.
  if (last === undefined || last.seen === null) return last ?? null
  const isEqual = ({ decision, to, until }: T): boolean =>
    decision === last.decision && to === last.to && until === last.until
  return taken.reduce<readonly T[]>(addDecision, []).every(isEqual) ? last : 'contested'
}

/** Returns only the decision itself. */
export function settle(taken: readonly PlacedDecision[]): ItemDecision | 'contested' | null {
  const found = findCounting(taken)
  return found === null || found === 'contested' ? found : found.decision
}

/** `asksItems`: whether the items are counted; where they are not, the counts are zero. */
function toStanding(review: Mutable, asksItems: boolean): ReviewStanding {
  const { state, items, signer } = review
  if (!asksItems) return { state, items, signer, undecided: 0, questions: 0 }
  review.counts ??= countItems(review)
  return { state, items, signer, ...review.counts }
}

/**
 * Items without a decision that counts, and those that need more information. Between two ends of runs, all items have the same
 * decisions, so the cost depends on the number of runs and not on the number of items.
 */
export function countItems(review: FoldedReview): Pick<ReviewStanding, 'undecided' | 'questions'> {
  const list = [...review.batches.values()].filter(({ isUndone }) => !isUndone)
  let [decided, questions] = [0, 0]
  for (const { first, last, of } of splitRuns(list.map(({ positions }) => positions))) {
    const settled = settle(of.flatMap((index) => list[index] ?? []))
    if (settled !== null && settled !== 'contested') decided += last - first + 1
    if (settled === 'unknown') questions += last - first + 1
  }
  return { undecided: review.items - decided, questions }
}

function toAct(
  reviews: ReadonlyMap<string, FoldedReview>,
  batches: ReadonlySet<string>,
  review: Mutable | undefined,
  { kind, body, client }: ReviewOperation,
  { author, seen }: OperationPlace,
): ReviewAct {
  if (kind === 'review.opened') {
    const isOfKind = (other: FoldedReview): boolean => other.client === client && other.kind === body.kind
    // One that exists cannot be opened again, whatever its state.
    const isOpen =
      reviews.has(body.reviewUid) || [...reviews.values()].some((one) => one.state === 'open' && isOfKind(one))
    return { kind, isOpen }
  }
  if (kind === 'review.decided') {
    return { kind, last: lastPosition(body.positions), isKnown: batches.has(body.batchUid) }
  }
  if (kind === 'review.undone') return { kind, author, batch: review?.batches.get(body.batchUid) ?? null }
  if (kind === 'review.acknowledged') return { kind, author }
  if (kind !== 'review.signed') return { kind }
  const isAfter = (one: OperationPlace): boolean => seen !== null && one.at > seen && !isSameAuthor(one.author, author)
  return { kind, carried: body.carried !== undefined, isBehind: review?.changes.some(isAfter) ?? false }
}

function open({ client, body }: Extract<ReviewOperation, { kind: 'review.opened' }>): Mutable {
  const { kind, items } = body
  return { client, kind, items, state: 'open', batches: new Map(), changes: [], signer: null, counts: null }
}

const STATES = {
  'review.empty': 'empty',
  'review.signed': 'signed',
  'review.acknowledged': 'acknowledged',
  'review.withdrawn': 'withdrawn',
} as const

function change(review: Mutable, { kind, body }: ReviewOperation, placed: OperationPlace): void {
  if (kind === 'review.opened') return
  if (kind === 'review.decided' || kind === 'review.undone') {
    if (kind === 'review.undone') {
      const batch = review.batches.get(body.batchUid)
      if (batch !== undefined) batch.isUndone = true
    } else {
      const { batchUid, positions, decision, to = null, until = null } = body
      review.batches.set(batchUid, { ...placed, positions, decision, to, until, isUndone: false })
    }
    const before = review.changes.findIndex(({ author }) => isSameAuthor(author, placed.author))
    review.changes.splice(before === -1 ? 0 : before, before === -1 ? 0 : 1, placed)
    review.counts = null
    return
  }
  if (kind === 'review.signed') review.signer = placed.author
  review.state = STATES[kind]
}

import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Reader } from '../../register/db/handles.ts'
import { findReviewName, reviewRows } from '../../register/reviews/list.ts'
import { type Context, getReader, getToday } from '../core/context.ts'
import { notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import { counted } from '../../../shared/domain/counted.ts'
import type { Author } from '../../../shared/domain/placed.ts'
import {
  findReviewVoid,
  type ReviewAct,
  type ReviewStanding,
  type ReviewVoid,
} from '../../../shared/domain/reviews/rules.ts'

/** A review by its number. Throws `Refusal` NOT_FOUND. */
export function existing(context: Context, reviewId: number): ReviewRow {
  return readReview(getReader(context), reviewId, getToday(context))
}

/** Reads a review from a register that a thread reads. */
export function readReview(reader: Reader, reviewId: number, today: Day): ReviewRow {
  const [row] = reviewRows(reader, [reviewId], today)
  return row ?? refuseUnknown(reviewId)
}

/** The name of a review. Throws `Refusal` NOT_FOUND. */
export function readReviewName(context: Context, reviewId: number) {
  return findReviewName(getReader(context), reviewId) ?? refuseUnknown(reviewId)
}

function refuseUnknown(reviewId: number): never {
  throw notFound(`Review ${reviewId}`, 'List the reviews to see their numbers.')
}

/** An operator of this register, by the name that they typed. */
export function namedAuthor(name: string): Author {
  return { member: null, name }
}

function toStanding(review: ReviewRow): ReviewStanding {
  const { state, items, decided, decisions, signed } = review
  return {
    state,
    items,
    undecided: items - decided - decisions.unknown,
    questions: decisions.unknown,
    signer: signed === null ? null : namedAuthor(signed.by),
  }
}

/** The facts that a review's row lacks: the number of the reverted batch, and in a team the member who signed. */
interface RefusalFacts {
  readonly batch?: number | null
  readonly signer?: Author | undefined
}

/**
 * Refuses what would have no effect on a review, before it is written. Throws `Refusal`
 * CONFLICT, and NOT_FOUND for a batch that does not exist.
 */
export function assertEffective(
  review: ReviewRow,
  act: Exclude<ReviewAct, { kind: 'review.opened' }>,
  { batch = null, signer }: RefusalFacts = {},
): void {
  const standing = toStanding(review)
  const reason = findReviewVoid(signer === undefined ? standing : { ...standing, signer }, act)
  if (reason === 'unknown-batch') throw notFound(`Batch ${batch} of this review`, READ_AGAIN)
  if (reason === 'undone-before') {
    throw new Refusal('CONFLICT', `Batch ${batch} was reverted already.`, 'Decide the items again.')
  }
  if (reason !== null) throw new Refusal('CONFLICT', ...describe(review, reason))
}

/**
 * Refuses to decide, sign or acknowledge a review that this register has not wholly read: another member froze accounts
 * or keys that no reading has shown here yet. Throws `Refusal` CONFLICT.
 */
export function assertRead(context: Context, { reviewId, name }: ReviewRow): void {
  const left =
    getReader(context).value<number>('SELECT count(*) FROM review_left WHERE review_id = ? AND item_id IS NOT NULL', [
      reviewId,
    ]) ?? 0
  if (left === 0) return
  throw new Refusal(
    'CONFLICT',
    `${counted(left, 'item')} of ${name} ${left === 1 ? 'is' : 'are'} not read here yet.`,
    'Exchange with the team, and sync the connections of the client; then try again.',
  )
}

/** A void in words of the review: what is wrong, and what to do. */
function describe(review: ReviewRow, reason: ReviewVoid): readonly [message: string, hint: string] {
  const { name, state, items, decided, decisions, signed } = review
  if (reason === 'undecided-items') {
    const missing = items - decided - decisions.unknown
    const are = missing === 1 ? 'is' : 'are'
    return [`${missing} of ${counted(items, 'item')} ${are} not decided.`, 'Decide them first.']
  }
  if (reason === 'open-questions') {
    return [
      `${counted(decisions.unknown, 'item')} still ${decisions.unknown === 1 ? 'needs' : 'need'} more information.`,
      'Decide them, or give a reason for carrying them to the next review; the reason is part of the evidence.',
    ]
  }
  if (reason === 'not-signed') {
    const hint = state === 'open' ? 'It has to be signed first.' : 'Only a signed review can be acknowledged.'
    return [`The review ${name} is ${state}.`, hint]
  }
  if (reason === 'acknowledged-by-signer') {
    return [`${signed?.by} signed the review.`, 'A second person must acknowledge it (PCI DSS 7.2.4).']
  }
  if (reason === 'other-author') {
    return [
      'Another member made these decisions.',
      'Decide the items again; a member reverts their own decisions only.',
    ]
  }
  return [
    `The review ${name} is ${state === 'empty' ? 'closed: it had no items' : state}.`,
    'Only an open review can be decided, signed or cancelled.',
  ]
}

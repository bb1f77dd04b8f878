import { type Author, isSameAuthor } from '../placed.ts'
import type { ReviewState } from './review.ts'

/**
 * Why an operation on a review has no effect:
 * - `open-already`: a review of that kind of the client is open.
 * - `unknown-review`, `unknown-item`, `unknown-batch`: it names one that does not exist; `known-batch`: one that does.
 * - `not-open`, `not-signed`: the review is in another state.
 * - `not-empty`: only a review without items closes by itself.
 * - `other-author`: a member of a team reverts their own batches only.
 * - `undone-before`: the batch was reverted already.
 * - `undecided-items`: items are undecided, or two people decided them differently without having seen each other's decision.
 * - `open-questions`: items need more information, and no reason is given for carrying them to the next review.
 * - `decided-after-view`: others decided items after what the signer had seen.
 * - `acknowledged-by-signer`: a second person must acknowledge what one has signed (PCI DSS 7.2.4, separation of duties).
 */
export type ReviewVoid =
  | 'open-already'
  | 'unknown-review'
  | 'unknown-item'
  | 'unknown-batch'
  | 'known-batch'
  | 'not-open'
  | 'not-signed'
  | 'not-empty'
  | 'other-author'
  | 'undone-before'
  | 'undecided-items'
  | 'open-questions'
  | 'decided-after-view'
  | 'acknowledged-by-signer'

/** The facts about a review that the rules need. */
export interface ReviewStanding {
  readonly state: ReviewState
  readonly items: number
  /** Items without a decision, or with contested ones. */
  readonly undecided: number
  /** Items that need more information. */
  readonly questions: number
  /** Null before it is signed. */
  readonly signer: Author | null
}

/** An act on a review, with the facts that its rule needs. `author`: null where the right was checked before. */
export type ReviewAct =
  /** `isOpen`: whether a review of that kind of the client is open. */
  | { readonly kind: 'review.opened'; readonly isOpen: boolean }
  | { readonly kind: 'review.empty' }
  /** `last`: the highest position of its items. `isKnown`: whether the batch exists already. */
  | { readonly kind: 'review.decided'; readonly last: number; readonly isKnown: boolean }
  /** `batch`: null for one that does not exist. */
  | {
      readonly kind: 'review.undone'
      readonly author: Author | null
      readonly batch: { readonly author: Author; readonly isUndone: boolean } | null
    }
  /** `carried`: whether a reason is given for items that need more information. `isBehind`: whether others decided after what the signer had seen. */
  | { readonly kind: 'review.signed'; readonly carried: boolean; readonly isBehind: boolean }
  | { readonly kind: 'review.acknowledged'; readonly author: Author | null }
  | { readonly kind: 'review.withdrawn' }

/**
 * The rule of each operation on a review, the same for the person in front of the window and on every device of a team: why it has no
 * effect, or null. `review` is null where it does not exist. Without a team anyone signs, and another typed name acknowledges; in a team
 * a reviewer of the client signs, and another member who is a lead or an owner acknowledges (`shared/decisions/reviews.ts`).
 */
export function findReviewVoid(review: ReviewStanding | null, act: ReviewAct): ReviewVoid | null {
  if (act.kind === 'review.opened') return act.isOpen ? 'open-already' : null
  if (review === null) return 'unknown-review'
  if (act.kind === 'review.acknowledged') {
    if (review.state !== 'signed' || review.signer === null) return 'not-signed'
    return act.author !== null && isSameAuthor(review.signer, act.author) ? 'acknowledged-by-signer' : null
  }
  if (review.state !== 'open') return 'not-open'
  if (act.kind === 'review.empty') return review.items === 0 ? null : 'not-empty'
  if (act.kind === 'review.decided') {
    if (act.isKnown) return 'known-batch'
    return act.last > review.items ? 'unknown-item' : null
  }
  if (act.kind === 'review.undone') return findUndoVoid(act)
  if (act.kind === 'review.withdrawn') return null
  if (act.isBehind) return 'decided-after-view'
  if (review.undecided > 0) return 'undecided-items'
  return review.questions > 0 && !act.carried ? 'open-questions' : null
}

function findUndoVoid({ author, batch }: Extract<ReviewAct, { kind: 'review.undone' }>): ReviewVoid | null {
  if (batch === null) return 'unknown-batch'
  if (author !== null && author.member !== null && !isSameAuthor(author, batch.author)) return 'other-author'
  return batch.isUndone ? 'undone-before' : null
}

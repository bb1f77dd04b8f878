import type { Inputs } from '../../../shared/contract/contract.ts'
import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { reviewMarks } from '../../register/reviews/ending.ts'
import { type Context, getReader, getToday } from '../core/context.ts'
import { commitOperation, readUid } from '../core/operations.ts'
import { findSigner, readTeamReview } from './members.ts'
import { assertEffective, assertRead, existing } from './reviews.ts'

/**
 * Signs off a review in the reviewer's name, in a team the member's. Throws `Refusal` CONFLICT while something is undecided, and, without `carry`,
 * while something needs more information.
 */
export function signAs(context: Context, { reviewId, as, carry }: Inputs['reviews']['sign']): ReviewRow {
  const review = existing(context, reviewId)
  const signer = findSigner(readTeamReview(context, reviewId), as)
  assertRead(context, review)
  assertEffective(review, { kind: 'review.signed', carried: carry !== undefined, isBehind: false })
  const { kind, items, dueOn, overdue } = review
  const { keep: kept, change: changed, remove: removed, unknown } = review.decisions
  const marks = reviewMarks(getReader(context), reviewId).map(({ kind: mark, says }) => ({ kind: mark, says }))
  commitOperation(context, {
    kind: 'review.signed',
    ...getPlace(review),
    body: {
      v: 1,
      reviewUid: readUid(getReader(context), 'review', reviewId),
      kind,
      as: signer.name,
      on: getToday(context),
      items,
      kept,
      changed,
      removed,
      unknown,
      carried: unknown === 0 ? undefined : carry,
      dueOn,
      overdue,
      marks,
    },
  })
  return existing(context, reviewId)
}

/** Management acknowledges a review. Throws `Refusal` CONFLICT for the name, in a team the member, that signed. */
export function acknowledgeAs(context: Context, reviewId: number, as: string): ReviewRow {
  const review = existing(context, reviewId)
  const team = readTeamReview(context, reviewId)
  const author = findSigner(team, as)
  assertRead(context, review)
  assertEffective(review, { kind: 'review.acknowledged', author }, { signer: team?.signer ?? undefined })
  const reviewUid = readUid(getReader(context), 'review', reviewId)
  const body = { v: 1, reviewUid, as: author.name, signedBy: review.signed?.by ?? '' } as const
  commitOperation(context, { kind: 'review.acknowledged', ...getPlace(review), body })
  return existing(context, reviewId)
}

/** Cancels an open review, with a reason. */
export function withdraw(context: Context, reviewId: number, why: string): ReviewRow {
  const review = existing(context, reviewId)
  assertEffective(review, { kind: 'review.withdrawn' })
  const { items, decided } = review
  const body = { v: 1, reviewUid: readUid(getReader(context), 'review', reviewId), why, items, decided } as const
  commitOperation(context, { kind: 'review.withdrawn', ...getPlace(review), body })
  return existing(context, reviewId)
}

/** Where the operation is recorded, and what about. */
function getPlace(review: ReviewRow) {
  return { client: review.client.slug, subject: review.name }
}

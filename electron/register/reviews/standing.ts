import type { ReviewState } from '../../../shared/domain/reviews/review.ts'
import type { ReviewStanding } from '../../../shared/domain/reviews/rules.ts'
import type { Reader } from '../db/handles.ts'

interface Columns {
  readonly id: number
  readonly state: ReviewState
  readonly signedBy: string | null
}

/** A review of a client by its uid, with what the rules ask about it; null where the register does not have it. */
export function findStanding(
  reader: Reader,
  client: string | null,
  uid: string,
): (ReviewStanding & { readonly reviewId: number }) | null {
  const review = reader.get<Columns>(
    `SELECT r.id, r.state, r.signed_by AS signedBy FROM review r JOIN client c ON c.id = r.client_id
     WHERE r.uid = ? AND c.slug = ?`,
    [uid, client],
  )
  if (review === undefined) return null
  const counts = reader.get<Pick<ReviewStanding, 'items' | 'undecided' | 'questions'>>(
    `SELECT count(*) AS items, count(*) FILTER (WHERE i.decision IS NULL) AS undecided,
       count(*) FILTER (WHERE i.decision = 'unknown') AS questions
     FROM review_item i INDEXED BY review_item_summary WHERE i.review_id = ?`,
    [review.id],
  )
  return {
    reviewId: review.id,
    state: review.state,
    items: 0,
    undecided: 0,
    questions: 0,
    ...counts,
    signer: review.signedBy === null ? null : { member: null, name: review.signedBy },
  }
}

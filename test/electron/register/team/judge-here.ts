import type { Reader } from '../../../../electron/register/db/handles.ts'
import { getBatch } from '../../../../electron/register/reviews/deciding.ts'
import type { ReviewOperation } from '../../../../shared/decisions/reviews.ts'
import { lastPosition } from '../../../../shared/domain/reviews/positions.ts'
import type { ReviewState } from '../../../../shared/domain/reviews/review.ts'
import { findReviewVoid, type ReviewAct, type ReviewStanding } from '../../../../shared/domain/reviews/rules.ts'

/** True if the tables of a register allow an operation on a review, as its service asks before it decides. */
export function isAllowedHere(reader: Reader, operation: ReviewOperation): boolean {
  return findReviewVoid(readStanding(reader, operation), toAct(reader, operation)) === null
}

function readStanding(reader: Reader, { client, body }: ReviewOperation): ReviewStanding | null {
  const review = reader.get<{ readonly id: number; readonly state: ReviewState; readonly signer: string | null }>(
    `SELECT r.id, r.state, r.signed_by AS signer FROM review r JOIN client c ON c.id = r.client_id WHERE r.uid = ? AND c.slug = ?`,
    [body.reviewUid, client],
  )
  if (review === undefined) return null
  const counts = reader.get<Pick<ReviewStanding, 'items' | 'undecided' | 'questions'>>(
    `SELECT count(*) AS items, count(*) FILTER (WHERE decision IS NULL) AS undecided,
       count(*) FILTER (WHERE decision = 'unknown') AS questions FROM review_item WHERE review_id = ?`,
    [review.id],
  )
  const signer = review.signer === null ? null : { member: null, name: review.signer }
  return { items: 0, undecided: 0, questions: 0, ...counts, state: review.state, signer }
}

function toAct(reader: Reader, { kind, client, body }: ReviewOperation): ReviewAct {
  if (kind === 'review.opened') {
    const sql = `SELECT 1 FROM review r JOIN client c ON c.id = r.client_id
      WHERE r.uid = ? OR (c.slug = ? AND r.kind = ? AND r.state = 'open') LIMIT 1`
    return { kind, isOpen: reader.value(sql, [body.reviewUid, client, body.kind]) !== undefined }
  }
  if (kind === 'review.decided')
    return { kind, last: lastPosition(body.positions), isKnown: getBatch(reader, body.batchUid) !== null }
  if (kind === 'review.undone') {
    const found = getBatch(reader, body.batchUid)
    const isOfReview =
      found !== null &&
      reader.value('SELECT 1 FROM review WHERE id = ? AND uid = ?', [found.reviewId, body.reviewUid]) !== undefined
    const batch = isOfReview
      ? { author: { member: null, name: found.decidedBy }, isUndone: found.undoneAt !== null }
      : null
    return { kind, author: null, batch }
  }
  if (kind === 'review.acknowledged') return { kind, author: null }
  return kind === 'review.signed' ? { kind, carried: body.carried !== undefined, isBehind: false } : { kind }
}

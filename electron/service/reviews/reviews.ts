import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Reader } from '../../register/db/handles.ts'
import { findReviewName, reviewRows } from '../../register/reviews/list.ts'
import { type Context, getReader, getToday } from '../core/context.ts'
import { notFound } from '../kit/refusal.ts'

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

import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { reviewRows } from '../../register/reviews/list.ts'
import { type Context, getReader, getToday } from '../core/context.ts'
import { notFound } from '../kit/refusal.ts'

/** A review by its number. Throws `Refusal` NOT_FOUND. */
export function existing(context: Context, reviewId: number): ReviewRow {
  const [row] = reviewRows(getReader(context), [reviewId], getToday(context))
  if (!row) throw notFound(`Review ${reviewId}`, 'List the reviews to see their numbers.')
  return row
}

import type { ReviewItem, ReviewItemFilter } from '../../../shared/contract/reviews.ts'
import { query } from '../../data/api.ts'
import { toListSource, type ListSource } from '../../ui/table/use-slices.ts'
import type { ReviewsSearch } from './search.ts'

/** The filters of the items as input of the contract. */
export function itemFilter({ q, decided, decision, flagged, connection, closure }: ReviewsSearch): ReviewItemFilter {
  return { search: q, decided, decision, flagged, connection, closure }
}

/** The items of a review by filter and sort. */
export function itemSource(reviewId: number, search: ReviewsSearch): ListSource<ReviewItem> {
  const { sort = 'position', dir = 'asc' } = search
  return toListSource({ reviewId, ...itemFilter(search), sort: { by: sort, direction: dir } }, (input) =>
    query.reviews.items.queryOptions({ input }),
  )
}

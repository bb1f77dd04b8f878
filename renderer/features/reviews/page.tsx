import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { ReviewsOverview } from './overview.tsx'
import { query } from '../../data/api.ts'
import { PageFrame } from '../../ui/page.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { AllReviews, ReviewActions, ReviewAside } from './review-head.tsx'
import { ReviewBody } from './review-body.tsx'
import type { ReviewsSearch, SetSearch } from './search.ts'
import { reviewName } from '../../entities/review-labels.ts'

/** The schedule and the reviews, or one review. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/reviews')
  return search.review === undefined ? (
    <ReviewsOverview search={search} set={set} />
  ) : (
    <ReviewPage key={search.review} reviewId={search.review} search={search} set={set} />
  )
}

interface ReviewPageProps {
  readonly reviewId: number
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

/** One review: its status, its items, and the actions that end it. */
function ReviewPage({ reviewId, search, set }: ReviewPageProps): ReactElement {
  const review = useQuery(query.reviews.get.queryOptions({ input: { reviewId } }))
  if (review.data === undefined) {
    return (
      <PageFrame title="Review" actions={<AllReviews />}>
        {review.error ? (
          <Failed error={review.error} retry={() => void review.refetch()} />
        ) : (
          <Loading what="the review" rows={14} />
        )}
      </PageFrame>
    )
  }
  const { row } = review.data
  return (
    <PageFrame
      title={reviewName(row)}
      fill
      aside={<ReviewAside review={review.data} />}
      actions={<ReviewActions row={row} search={search} set={set} />}
    >
      <ReviewBody review={review.data} search={search} set={set} />
    </PageFrame>
  )
}

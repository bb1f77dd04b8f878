import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { ReviewsOverview } from './overview.tsx'
import { ReviewPage } from './review-page.tsx'

/** The schedule and the reviews, or one review. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/reviews')
  return search.review === undefined ? (
    <ReviewsOverview search={search} set={set} />
  ) : (
    <ReviewPage key={search.review} reviewId={search.review} search={search} set={set} />
  )
}

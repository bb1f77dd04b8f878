import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import type { SetSearch as Set } from '../../ui/table/filters.ts'
import { ReviewsOverview } from './overview.tsx'
import { ReviewPage } from './review-page.tsx'
import type { SetSearch } from './search.ts'

<<<<<<< HEAD
const route = getRouteApi('/reviews')
=======
/** How a part of the page changes its address. */
export type SetSearch = Set<ReviewsSearch>
>>>>>>> wt-window

/** What has to be reviewed and when, or one review. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/reviews')
  return search.review === undefined ? (
    <ReviewsOverview search={search} set={set} />
  ) : (
    <ReviewPage key={search.review} reviewId={search.review} search={search} set={set} />
  )
}

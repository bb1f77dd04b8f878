import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { ReviewsOverview } from './overview.tsx'
import { ReviewPage } from './review-page.tsx'
import type { SetSearch } from './search.ts'

const route = getRouteApi('/reviews')

/** What has to be reviewed and when, or one review. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set: SetSearch = (change, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace })
  return search.review === undefined ? (
    <ReviewsOverview search={search} set={set} />
  ) : (
    <ReviewPage key={search.review} reviewId={search.review} search={search} set={set} />
  )
}

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { ReviewsSearch, SetSearch } from './search.ts'
import type { Deciding } from './use-deciding.ts'

export interface ReviewDialogsProps {
  readonly review: Outputs['reviews']['get']
  readonly search: ReviewsSearch
  readonly set: SetSearch
  readonly decideAll: Deciding['decideAll']
}

/** What each form that opens over a review is given. */
export interface ReviewFormProps extends ReviewDialogsProps {
  readonly close: () => void
}

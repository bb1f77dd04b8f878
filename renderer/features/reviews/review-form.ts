import type { Outputs } from '../../../shared/contract/contract.ts'
import type { ReviewsSearch, SetSearch } from './search.ts'
import type { Deciding } from './use-deciding.ts'

export interface ReviewDialogsProps {
  readonly review: Outputs['reviews']['get']
  readonly search: ReviewsSearch
  readonly set: SetSearch
  readonly decideAll: Deciding['decideAll']
}

/** The props of each form over a review. */
export interface ReviewFormProps extends ReviewDialogsProps {
  readonly close: () => void
}

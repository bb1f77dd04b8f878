import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { query } from '../../data/api.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { AddRemedies } from '../../entities/add-remedies.tsx'

/** Puts the removals and changes that no sync has shown yet on the list of remedies, as many as one question names. */
export function PendingRemedies({ row }: { readonly row: ReviewRow }): ReactElement {
  const items = useQuery(
    query.reviews.items.queryOptions({ input: { reviewId: row.reviewId, closure: 'pending', limit: MAX_SLICE } }),
  )
  const origins = (items.data?.rows ?? []).map(({ itemId }) => ({ kind: 'review-item', id: itemId }) as const)
  return <AddRemedies origins={origins} label={`Put ${wholeNumber(origins.length)} on the remedy list`} />
}

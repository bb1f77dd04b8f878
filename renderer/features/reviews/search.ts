import { z } from 'zod'

import { direction } from '../../../shared/contract/common.ts'
import { itemDecision, REVIEW_ITEM_SORTS, reviewKind, reviewState } from '../../../shared/contract/reviews.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/** What is open over a review: its details beside the list, or one of its forms. */
export const STEPS = ['about', 'bulk', 'sign', 'acknowledge', 'pack', 'summary', 'withdraw'] as const

/**
 * Without `review`: the schedule and the reviews, filtered by `kind` and `state`; `start` and `of` open the form that
 * starts a review of that kind for that client. With `review`: its items, by filter, sort, and the one whose panel is
 * open.
 */
export const searchSchema = z.object({
  kind: reviewKind.optional().catch(undefined),
  state: reviewState.optional().catch(undefined),
  start: reviewKind.optional().catch(undefined),
  of: textParam,
  review: idParam,
  step: z.enum(STEPS).optional().catch(undefined),
  q: textParam,
  decided: z.boolean().optional().catch(undefined),
  decision: itemDecision.optional().catch(undefined),
  flagged: z.boolean().optional().catch(undefined),
  connection: idParam,
  closure: z.enum(['pending', 'done']).optional().catch(undefined),
  sort: z.enum(REVIEW_ITEM_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  item: idParam,
})

export type ReviewsSearch = z.output<typeof searchSchema>

/** A function with which a part of the page changes its address. */
export type SetSearch = (change: ReviewsSearch, replace?: boolean) => void

/** The search params that filter the items of a review. */
export const ITEM_FILTERS = ['q', 'decided', 'decision', 'flagged', 'connection', 'closure'] as const

/** The search params that filter the reviews. */
export const REVIEW_FILTERS = ['kind', 'state'] as const

/** The change from a review to all of them. */
export const NO_REVIEW = {
  review: undefined,
  step: undefined,
  item: undefined,
  q: undefined,
  decided: undefined,
  decision: undefined,
  flagged: undefined,
  connection: undefined,
  closure: undefined,
  sort: undefined,
  dir: undefined,
} as const satisfies ReviewsSearch

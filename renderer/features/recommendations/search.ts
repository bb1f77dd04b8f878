import { z } from 'zod'

import { ADVICE_SORTS, recommendationKind, sureness } from '../../../shared/contract/recommendations.ts'
import { direction } from '../../../shared/contract/common.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/** The search params of the recommendations: filter, order, and the one whose panel is open. */
export const searchSchema = z.object({
  q: textParam,
  project: idParam,
  person: idParam,
  kind: recommendationKind.optional().catch(undefined),
  sure: sureness.optional().catch(undefined),
  order: z.enum(ADVICE_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  recommendations: textParam,
})

export type RecommendationsSearch = z.output<typeof searchSchema>

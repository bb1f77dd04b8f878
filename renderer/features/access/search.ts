import { z } from 'zod'

import { ACCESS_SORTS } from '../../../shared/contract/access.ts'
import { ADVICE_SORTS, recommendationKind, sureness } from '../../../shared/contract/recommendations.ts'
import { direction, level } from '../../../shared/contract/common.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/**
 * The search params of effective grants; `person`, `project` and `principal` filter the list, none of them opens a
 * panel. The recommendations have their own kind, confidence and order, and the one whose panel is open.
 */
export const searchSchema = z.object({
  view: z.enum(['recommendations']).optional().catch(undefined),
  q: textParam,
  connection: idParam,
  project: idParam,
  person: idParam,
  principal: idParam,
  level: level.optional().catch(undefined),
  privileged: z.boolean().optional().catch(undefined),
  sort: z.enum(ACCESS_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  kind: recommendationKind.optional().catch(undefined),
  sure: sureness.optional().catch(undefined),
  order: z.enum(ADVICE_SORTS).optional().catch(undefined),
  recommendations: textParam,
})

export type AccessSearch = z.output<typeof searchSchema>

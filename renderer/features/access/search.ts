import { z } from 'zod'

import { ACCESS_SORTS } from '../../../shared/contract/access.ts'
import { direction, level } from '../../../shared/contract/common.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/**
 * The search params of effective grants; `person`, `project` and `principal` filter the list, none of them opens a
 * panel.
 */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  project: idParam,
  person: idParam,
  principal: idParam,
  level: level.optional().catch(undefined),
  privileged: z.boolean().optional().catch(undefined),
  sort: z.enum(ACCESS_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
})

export type AccessSearch = z.output<typeof searchSchema>

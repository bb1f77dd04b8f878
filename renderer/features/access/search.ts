import { z } from 'zod'

import { direction, level } from '../../../shared/contract/common.ts'
import { idParam, textParam } from '../../app/search-params.ts'

export const ACCESS_SORTS = ['client', 'principal', 'project', 'level'] as const

/** What the list of effective grants shows. `person`, `project` and `principal` narrow it; none of them opens a panel here. */
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

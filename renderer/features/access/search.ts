import { z } from 'zod'

import { ACCESS_SORTS, grantState } from '../../../shared/contract/access.ts'
import { HOLDER_KINDS } from '../../../shared/domain/access/grant-state.ts'
import { direction, level } from '../../../shared/contract/common.ts'
import { idParam, manyParam, textParam } from '../../data/search-params.ts'

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
  level: manyParam(level),
  who: manyParam(z.enum(HOLDER_KINDS)),
  state: manyParam(grantState),
  environment: manyParam(z.string().max(200)),
  privileged: z.boolean().optional().catch(undefined),
  /** The name of the saved view that is shown. */
  saved: textParam,
  sort: z.enum(ACCESS_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
})

export type AccessSearch = z.output<typeof searchSchema>

import { z } from 'zod'

import { direction } from '../../../shared/contract/common.ts'
import { LEAVER_SORTS, leaverState } from '../../../shared/contract/leavers.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/** The search params of the list of leavers: filter, sort, and the one whose panel is open. */
export const searchSchema = z.object({
  q: textParam,
  state: leaverState.optional().catch(undefined),
  sort: z.enum(LEAVER_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  person: idParam,
})

export type LeaversSearch = z.output<typeof searchSchema>

import { z } from 'zod'

import { direction } from '../../../shared/contract/common.ts'
import { KEYLESS_SORTS, KEYLESS_STATES } from '../../../shared/contract/keyless.ts'
import { CERTAINTIES } from '../../../shared/domain/certainty.ts'
import { PLATFORMS } from '../../../shared/domain/keyless/platforms.ts'
import { idParam, manyParam, textParam } from '../../data/search-params.ts'

/** The filters and sort of the plan, the key whose panel is open, and the platform that the panel shows. */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  state: manyParam(z.enum(KEYLESS_STATES)),
  certainty: manyParam(z.enum(CERTAINTIES)),
  platform: manyParam(z.enum(PLATFORMS)),
  sort: z.enum(KEYLESS_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  key: idParam,
  on: z.enum(PLATFORMS).optional().catch(undefined),
})

export type KeylessSearch = z.output<typeof searchSchema>

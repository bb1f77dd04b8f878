import { z } from 'zod'

import { CERTIFICATE_SORTS, FEDERATION_SORTS } from '../../../shared/contract/access.ts'
import { direction } from '../../../shared/contract/common.ts'
import { RULE_STATES } from '../../../shared/domain/federation/path.ts'
import { PINS } from '../../../shared/domain/federation/workload.ts'
import { idParam, manyParam, textParam } from '../../data/search-params.ts'

/** Which of the two lists (federation rules by default), its filters and sort, and the rule or certificate whose panel is open. */
export const searchSchema = z.object({
  view: z.literal('certificates').optional().catch(undefined),
  q: textParam,
  connection: idParam,
  principal: idParam,
  state: manyParam(z.enum(RULE_STATES)),
  pin: manyParam(z.enum(PINS)),
  active: z.boolean().optional().catch(undefined),
  sort: z
    .enum([...new Set([...FEDERATION_SORTS, ...CERTIFICATE_SORTS])])
    .optional()
    .catch(undefined),
  dir: direction.optional().catch(undefined),
  rule: idParam,
  certificate: idParam,
})

export type FederationSearch = z.output<typeof searchSchema>

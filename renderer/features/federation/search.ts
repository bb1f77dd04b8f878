import { z } from 'zod'

import { CERTIFICATES, FEDERATION } from '../../../shared/nouns/federation.ts'
import { idParam, makeSearch } from '../../data/search-params.ts'

const sorts = [...new Set([...FEDERATION.sorts, ...CERTIFICATES.sorts])]

/** Which of the two lists (federation rules by default), its filters and sort, and the rule or certificate whose panel is open. */
export const searchSchema = makeSearch(
  { ...FEDERATION, sorts },
  {
    view: z.literal('certificates').optional().catch(undefined),
    active: CERTIFICATES.filters.active.param,
    rule: idParam,
    certificate: idParam,
  },
)

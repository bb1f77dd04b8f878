import { z } from 'zod'

import { month, usageBy, usageSource } from '../../../shared/contract/usage.ts'

/** Of which month, added up by what, from which source; `taking` is the form that takes records in. */
export const searchSchema = z.object({
  month: month.optional().catch(undefined),
  by: usageBy.optional().catch(undefined),
  source: usageSource.optional().catch(undefined),
  show: z.enum(['chart', 'table']).optional().catch(undefined),
  taking: z.boolean().optional().catch(undefined),
})

export type UsageSearch = z.output<typeof searchSchema>

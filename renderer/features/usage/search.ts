import { z } from 'zod'

import { month, usageBy, usageShown, usageSource, usageStretch } from '../../../shared/contract/usage.ts'

/**
 * The time range (a month by default), the grouping, the source, and the view. `at` and `row` are the day or month and
 * the value whose details are open; `pairs` are the two dimensions of the matrix; `taking` opens the form that imports
 * records.
 */
export const searchSchema = z.object({
  month: month.optional().catch(undefined),
  stretch: usageStretch.optional().catch(undefined),
  by: usageBy.optional().catch(undefined),
  source: usageSource.optional().catch(undefined),
  shown: usageShown.optional().catch(undefined),
  show: z.enum(['chart', 'table']).optional().catch(undefined),
  kinds: z.boolean().optional().catch(undefined),
  pairs: z.enum(['key-model', 'feature-key']).optional().catch(undefined),
  at: z
    .string()
    .regex(/^\d{4}-\d{2}(?:-\d{2})?$/u)
    .optional()
    .catch(undefined),
  row: z.string().max(200).optional().catch(undefined),
  taking: z.boolean().optional().catch(undefined),
})

export type UsageSearch = z.output<typeof searchSchema>

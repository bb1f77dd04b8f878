import { z } from 'zod'

import { month, usageBy, usageShown, usageSource, usageStretch } from '../../../shared/contract/usage.ts'

/**
 * Which stretch of time (a month, unless told), by what, from which source, and how it is shown. `at` and `row` are the
 * day or month and the value whose inside is open; `pairs` the two things laid out against each other; `taking` is the
 * form that takes records in.
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

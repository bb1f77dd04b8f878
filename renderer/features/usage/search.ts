import { z } from 'zod'

import { month, usageBy, usageShown, usageSort, usageSource, usageStretch } from '../../../shared/contract/usage.ts'

const rowKey = z.string().max(200).optional().catch(undefined)

/** The dimensions in which the page names what changed most. */
export const DRIVERS = ['project', 'model', 'key'] as const

/**
 * The month, its source, and the filter: `only` is the key of the one row of `onlyOf` that is shown. Of the chart, the
 * time range, its parts (`stack`, or `kinds` of tokens), its measure, and whether *Other* is opened; of the table, the
 * grouping and the order. `at` and `row` are the day or month and the value (of the dimension `of`) whose details are
 * open; `pairs` are the two dimensions of the matrix; `taking` opens the form that imports records.
 */
export const searchSchema = z.object({
  month: month.optional().catch(undefined),
  source: usageSource.optional().catch(undefined),
  only: rowKey,
  onlyOf: usageBy.optional().catch(undefined),
  drivers: z.enum(DRIVERS).optional().catch(undefined),
  stretch: usageStretch.optional().catch(undefined),
  stack: usageBy.optional().catch(undefined),
  kinds: z.boolean().optional().catch(undefined),
  shown: usageShown.optional().catch(undefined),
  show: z.enum(['chart', 'table']).optional().catch(undefined),
  other: z.boolean().optional().catch(undefined),
  by: usageBy.optional().catch(undefined),
  sort: usageSort.optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
  pairs: z.enum(['key-model', 'feature-key']).optional().catch(undefined),
  at: z
    .string()
    .regex(/^\d{4}-\d{2}(?:-\d{2})?$/u)
    .optional()
    .catch(undefined),
  of: usageBy.optional().catch(undefined),
  row: rowKey,
  taking: z.boolean().optional().catch(undefined),
})

export type UsageSearch = z.output<typeof searchSchema>

/** What closes an open detail. */
export const CLOSED = { at: undefined, of: undefined, row: undefined } as const

/** What removes the filter. */
export const UNFILTERED = { only: undefined, onlyOf: undefined } as const

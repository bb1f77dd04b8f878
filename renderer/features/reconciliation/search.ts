import { z } from 'zod'

import { month } from '../../../shared/contract/usage.ts'
import { COVERAGE_MEASURES, type ReconciliationMeasure } from '../../../shared/domain/usage/reconciliation.ts'

export const GROUPS = ['project', 'model'] as const

/** The month, the measure and the grouping; `form` is the open dialog. */
export const searchSchema = z.object({
  month: month.optional().catch(undefined),
  by: z.enum(GROUPS).optional().catch(undefined),
  measure: z.enum(COVERAGE_MEASURES).optional().catch(undefined),
  show: z.enum(['chart', 'table']).optional().catch(undefined),
  form: z.enum(['folder', 'price']).optional().catch(undefined),
})

export type ReconciliationSearch = z.output<typeof searchSchema>
export type Measure = ReconciliationMeasure

import { z } from 'zod'

import { reportFormat, reportKind, reportPeriod } from '../../../shared/contract/reports.ts'
import { usageSource } from '../../../shared/contract/usage.ts'

/** The report, its period and format; or the history, or the settings of a client. */
export const searchSchema = z.object({
  view: z.enum(['make', 'made', 'settings']).optional().catch(undefined),
  kind: reportKind.optional().catch(undefined),
  period: reportPeriod.optional().catch(undefined),
  format: reportFormat.optional().catch(undefined),
  source: usageSource.optional().catch(undefined),
})

export type ReportsSearch = z.output<typeof searchSchema>

import { z } from 'zod'

import { idParam, textParam } from '../../data/search-params.ts'

/**
 * Which of the three views (budgets by default), which budget is edited or whether one is added, and the filters of
 * rate limits.
 */
export const searchSchema = z.object({
  view: z.enum(['budgets', 'anomalies', 'rates']).optional().catch(undefined),
  edit: idParam,
  add: z.boolean().optional().catch(undefined),
  q: textParam,
  changed: z.boolean().optional().catch(undefined),
  project: idParam,
})

import { z } from 'zod'

import { idParam } from '../../data/search-params.ts'

export const PLAN_TABS = ['structure', 'people', 'rules', 'yaml', 'document', 'drift', 'compare'] as const
export type PlanTab = (typeof PLAN_TABS)[number]

/** The plan that is open and what is shown of it; `making` is the form that makes one, `other` what it is compared with. */
export const searchSchema = z.object({
  plan: idParam,
  tab: z.enum(PLAN_TABS).optional().catch(undefined),
  other: idParam,
  making: z.boolean().optional().catch(undefined),
})

export type PlansSearch = z.output<typeof searchSchema>

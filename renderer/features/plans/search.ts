import { z } from 'zod'

import { idParam } from '../../data/search-params.ts'

export const PLAN_TABS = ['structure', 'people', 'rules', 'yaml', 'document', 'drift', 'compare'] as const
export type PlanTab = (typeof PLAN_TABS)[number]

/** The open plan and its tab; `making` opens the form for a new plan, `other` is the plan to compare with. */
export const searchSchema = z.object({
  plan: idParam,
  tab: z.enum(PLAN_TABS).optional().catch(undefined),
  other: idParam,
  making: z.boolean().optional().catch(undefined),
})

export type PlansSearch = z.output<typeof searchSchema>

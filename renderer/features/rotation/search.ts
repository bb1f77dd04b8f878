import { z } from 'zod'

import { day } from '../../../shared/contract/common.ts'
import { idParam } from '../../data/search-params.ts'

export const ROTATION_VIEWS = ['list', 'calendar'] as const

/** The list or a month, the selected day, and the key whose panel is open. */
export const searchSchema = z.object({
  view: z.enum(ROTATION_VIEWS).optional().catch(undefined),
  /** First day of the month shown. */
  month: day.optional().catch(undefined),
  on: day.optional().catch(undefined),
  key: idParam,
})

export type RotationSearch = z.output<typeof searchSchema>

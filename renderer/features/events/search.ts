import { z } from 'zod'

import { EVENTS } from '../../../shared/nouns/events.ts'
import { filterParams, idParam } from '../../data/search-params.ts'

/** The periods that can be looked back, in days; `0` is everything that is known. */
export const PERIODS = ['7', '30', '90', '0'] as const

/** The filters of the provider log, and the event whose panel is open. */
export const searchSchema = z.object({
  ...filterParams(EVENTS),
  days: z.enum(PERIODS).optional().catch(undefined),
  event: idParam,
})

import { z } from 'zod'

import { EVENT_ACTS, EVENT_SUBJECTS } from '../../../shared/domain/events/event.ts'
import { idParam, manyParam, textParam } from '../../data/search-params.ts'

/** The periods that can be looked back, in days; `0` is everything that is known. */
export const PERIODS = ['7', '30', '90', '0'] as const

/** The filters of the provider log, and the event whose panel is open. */
export const searchSchema = z.object({
  q: textParam,
  days: z.enum(PERIODS).optional().catch(undefined),
  subject: manyParam(z.enum(EVENT_SUBJECTS)),
  act: manyParam(z.enum(EVENT_ACTS)),
  connection: idParam,
  person: idParam,
  key: idParam,
  project: idParam,
  rule: idParam,
  certificate: idParam,
  event: idParam,
})

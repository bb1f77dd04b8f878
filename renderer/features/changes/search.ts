import { z } from 'zod'

import { changeKind } from '../../../shared/contract/changes.ts'
import { day } from '../../../shared/contract/common.ts'
import { idParam, manyParam } from '../../data/search-params.ts'

export const PRESETS = [7, 30, 90] as const

/**
 * The period and the filters: `from` and `to` are syncs (`from` 0: before the first), else `review` is a review or the
 * last signed one, else `since` is a day, else `days` counts back from today. `person`, `key`, `project`, `rule` and `certificate` open
 * a panel.
 */
export const searchSchema = z.object({
  days: z.literal(PRESETS).optional().catch(undefined),
  since: day.optional().catch(undefined),
  from: z.number().int().min(0).optional().catch(undefined),
  to: idParam,
  review: z
    .union([z.literal('last'), z.number().int().positive()])
    .optional()
    .catch(undefined),
  kinds: manyParam(changeKind),
  connection: idParam,
  person: idParam,
  key: idParam,
  project: idParam,
  rule: idParam,
  certificate: idParam,
})

export type ChangesSearch = z.output<typeof searchSchema>

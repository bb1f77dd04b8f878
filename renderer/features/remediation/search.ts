import { z } from 'zod'

import { remediationState } from '../../../shared/contract/remediation.ts'
import { idParam } from '../../data/search-params.ts'

/** The most changes in a preview and a run. */
export const MAX_AT_ONCE = 100

const idsParam = z.array(z.number().int().positive()).min(1).max(MAX_AT_ONCE).optional().catch(undefined)

/** The list with its filter and the change whose panel is open, or the preview of some changes, or their results. */
export const searchSchema = z.object({
  state: remediationState.optional().catch(undefined),
  remediation: idParam,
  preview: idsParam,
  ran: idsParam,
})

export type RemediationSearch = z.output<typeof searchSchema>

import { z } from 'zod'

import { remediationState } from '../../../shared/contract/remediation.ts'
import { idParam } from '../../data/search-params.ts'

/** As many as are previewed, and run, at once. */
export const MAX_AT_ONCE = 100

const idsParam = z.array(z.number().int().positive()).min(1).max(MAX_AT_ONCE).optional().catch(undefined)

/** What the page shows: the list with its filter and the remedy whose panel is open, or the preview of some, or what came of them. */
export const searchSchema = z.object({
  state: remediationState.optional().catch(undefined),
  remediation: idParam,
  preview: idsParam,
  ran: idsParam,
})

export type RemediationSearch = z.output<typeof searchSchema>

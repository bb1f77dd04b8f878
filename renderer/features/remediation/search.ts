import { z } from 'zod'

import { remediationState } from '../../../shared/contract/remediation.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/** The list with its filter, the change whose panel is open, and what a flow begins with (`person:7`). */
export const searchSchema = z.object({
  state: remediationState.optional().catch(undefined),
  remediation: idParam,
  start: textParam,
})

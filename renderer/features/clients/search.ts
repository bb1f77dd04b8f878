import { z } from 'zod'

import { textParam } from '../../data/search-params.ts'

export const searchSchema = z.object({
  /** The archived ones are shown too. */
  archived: z.boolean().optional().catch(undefined),
  /** The form for a new client is open. */
  add: z.boolean().optional().catch(undefined),
  /** Slug of the client whose form is open. */
  edit: textParam,
})

import { z } from 'zod'

import { idParam } from '../../data/search-params.ts'

export const searchSchema = z.object({
  /** The connection whose panel is open. */
  connection: idParam,
  /** The form for a new connection is open. */
  add: z.boolean().optional().catch(undefined),
})

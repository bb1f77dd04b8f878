import { z } from 'zod'

export const searchSchema = z.object({
  /** Those that were seen are shown too. */
  all: z.boolean().optional().catch(undefined),
})

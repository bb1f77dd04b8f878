import { z } from 'zod'

export const searchSchema = z.object({
  section: z.enum(['general', 'policy', 'recovery', 'about']).optional().catch(undefined),
})

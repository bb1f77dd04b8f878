import { z } from 'zod'

export const searchSchema = z.object({ view: z.enum(['export', 'import']).optional().catch(undefined) })

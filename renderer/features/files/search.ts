import { z } from 'zod'

export const searchSchema = z.object({ view: z.enum(['export', 'import', 'personnel']).optional().catch(undefined) })

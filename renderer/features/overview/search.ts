import { z } from 'zod'

/** Whether the key ages are shown as a chart or as its table twin. */
export const searchSchema = z.object({ ages: z.enum(['chart', 'table']).optional().catch(undefined) })

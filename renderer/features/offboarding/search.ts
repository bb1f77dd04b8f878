import { z } from 'zod'

/** Whether the certificate is being written. */
export const searchSchema = z.object({ certify: z.boolean().optional().catch(undefined) })

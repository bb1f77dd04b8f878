import { z } from 'zod'

export const SECTIONS = ['guide', 'shortcuts', 'licences', 'about'] as const

export const searchSchema = z.object({ section: z.enum(SECTIONS).optional().catch(undefined) })

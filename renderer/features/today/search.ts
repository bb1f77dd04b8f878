import { z } from 'zod'

import { textParam } from '../../data/search-params.ts'

/** The forms that decide about an entry. */
export const FORMS = ['snooze', 'note', 'dismiss'] as const

/** The entry whose panel is open, the form over it, and whether snoozed and dismissed entries are shown. */
export const searchSchema = z.object({
  entry: textParam,
  form: z.enum(FORMS).optional().catch(undefined),
  hidden: z.boolean().optional().catch(undefined),
})

export type TodaySearch = z.output<typeof searchSchema>
export type Form = (typeof FORMS)[number]

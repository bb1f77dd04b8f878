import { z } from 'zod'

import { clientRef, day, id, instant, operation, scopeShape } from './common.ts'

export const reminder = z.object({
  id,
  keyId: id,
  keyName: z.string(),
  client: clientRef,
  dueOn: day,
  /** `before-14`, `overdue-2`, or `snoozed-2026-06-03` for a snooze that ended on that day. */
  rung: z.string(),
  firedAt: instant,
  seenAt: instant.nullable(),
})
export type Reminder = z.infer<typeof reminder>

export const remindersContract = {
  /** Fired reminders, newest first. */
  list: operation
    .input(
      z.object({
        ...scopeShape,
        unseen: z.boolean().default(false),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(reminder)),
  seen: operation.input(z.object({ ids: z.array(id).max(500) })).output(z.object({ done: z.literal(true) })),
  /** Fires the reminders that are due and were not fired; also done at start and every hour. */
  check: operation.output(z.object({ fired: z.array(reminder) })),
}

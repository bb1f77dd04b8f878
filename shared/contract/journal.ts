import { z } from 'zod'

import { clientRef, id, instant, operation, readSlice, scopeShape, sliceShape } from './common.ts'

export const journalEntry = z.object({
  /** The number of the row, by which it is undone. */
  entry: id,
  at: instant,
  operator: z.string(),
  /** Such as `key.rotated`. */
  action: z.string(),
  /** The action for people. */
  says: z.string(),
  client: clientRef.nullable(),
  /** What it was about, by its name at the time. */
  subject: z.string(),
  /** Why it cannot be undone, in a sentence; null where it can. */
  whyNot: z.string().nullable(),
})
export type JournalEntryView = z.infer<typeof journalEntry>

export const journalContract = {
  /** What people did here, newest first. */
  list: operation
    .input(z.object({ ...scopeShape, search: z.string().max(200).optional(), ...sliceShape }))
    .output(readSlice(journalEntry)),
  /**
   * Undoes what an entry records, by the operation that undoes it where it was done; that is an entry of its own. CONFLICT with the reason
   * where it cannot be undone.
   */
  undo: operation.input(z.object({ entry: id })).output(z.object({ undone: journalEntry })),
}

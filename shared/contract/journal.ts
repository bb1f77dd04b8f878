import { z } from 'zod'

import { JOURNAL, journalEntry } from '../nouns/journal.ts'
import { id, operation, readSlice, sliceShape } from './common.ts'

export type { JournalEntryView } from '../nouns/journal.ts'

export const journalContract = {
  /** The entries of people, newest first. */
  list: operation.input(JOURNAL.filter.extend(sliceShape)).output(readSlice(journalEntry)),
  /**
   * Undoes what an entry records, by the operation that undoes it where it was done; that is an entry of its own. CONFLICT with the reason
   * where it cannot be undone.
   */
  undo: operation.input(z.object({ entry: id })).output(z.object({ undone: journalEntry })),
}

import { z } from 'zod'

import { search } from './filter.ts'
import { clientField, count, json, minute, noun, own, text, word } from './noun.ts'
import { clientRef, id, instant } from './values.ts'

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
  /** The subject, by its name at the time. */
  subject: z.string(),
  /** Why it cannot be undone, in a sentence; null where it can. */
  whyNot: z.string().nullable(),
})
export type JournalEntryView = z.infer<typeof journalEntry>

export const JOURNAL = noun(journalEntry, {
  id: 'journal',
  title: 'Audit log',
  one: 'entry',
  many: 'entries',
  about:
    'What people did here: every decision, export, credential and change at a provider, and what each sync read, newest first. The entries are append-only: undoing one adds another. `castellan log list` prints the same, and `castellan log undo ID` undoes one.',
  none: 'no entry matches.',
  fields: {
    entry: count('Entry', { table: { title: 'ID' } }),
    at: minute('When', { table: {} }),
    operator: text('By', { id: 'by', wide: 12, table: { flexible: true } }),
    client: clientField({ wide: 12 }),
    action: json(),
    says: word('Action', { id: 'action', wide: 18, grow: 2, table: { flexible: true } }),
    subject: text('Subject', { wide: 10, grow: 1, table: { flexible: true } }),
    whyNot: own('Undo', { id: 'undo', wide: 16, grow: 3, table: { sentence: true } }),
  },
  columns: {
    at: 'when it was done, by the clock of the device.',
    entry: 'the number of the entry, by which the terminal undoes it. In a team each device has its own numbers.',
    operator: 'the operator, or the member of the team.',
    says: 'what was done, in words.',
    subject: 'what it was done to, by its name at the time.',
    whyNot:
      'undoes it, or why it cannot be undone: a file was written, a credential was replaced, something was sent, a signature was given, a later entry undid, changed or ended it, or an import or the sample set the value before, which the audit log does not record. An act that asks for a day and a reason is done again where it is listed.',
    client: 'the client; none for what concerns the agency.',
  },
  filters: { search: search('only with this in the subject, the action or the name of the operator') },
  sorts: [],
})

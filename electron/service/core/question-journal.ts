import { openJournalEnd } from '../../register/register.ts'
import { lossWords } from '../../register/db/noted-end.ts'
import { type Context, type Note, readOperator } from './context.ts'
import { guardEnd, LOSS_HINT } from '../profile/guard-end.ts'
import { profilePaths } from '../profile/paths.ts'
import { Refusal } from '../kit/refusal.ts'

/** Where a read-only session records what it was asked. */
export interface QuestionJournal {
  append(entry: Note): void
  close(): void
}

/**
 * Opens the end of the open profile's journal beside the process that writes the register. Throws `Refusal` CONFLICT
 * without a register, `RegisterRefused` for a file that cannot be used.
 */
export function openQuestionJournal(context: Context): QuestionJournal {
  const { key, profile, end } = context.session()
  if (key === null) {
    throw new Refusal('CONFLICT', 'This profile has no register yet.', 'Add a client, or open the window once.')
  }
  if (end.loss !== null) throw new Refusal('CONFLICT', lossWords(end.loss), LOSS_HINT)
  const { register: path, journalEnd } = profilePaths(profile)
  const { note } = guardEnd({
    path: journalEnd,
    key,
    secrets: context.session().secrets,
    answers: true,
    now: context.now,
  })
  const journal = openJournalEnd({ path, key, onJournaled: note })
  return {
    append: (entry) => journal.append({ ...entry, at: context.now(), operator: readOperator(context) }),
    close: () => journal.close(),
  }
}

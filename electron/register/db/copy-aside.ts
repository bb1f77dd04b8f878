import type { BackupMade } from '../../../shared/contract/backup.ts'
import { runThread } from '../../files/thread.ts'
import { newCopyDraft } from './backup.ts'
import type { CopyAnswer, CopyOrder } from './copy-thread.ts'
import { getRefusal } from './file-refusal.ts'
import { RegisterRefused } from './migrate.ts'

const THREAD = { from: import.meta.url, source: 'copy-thread.ts', built: 'register-copier.js' }

/**
 * Copies a register as `copyRegister` does, in a thread of its own: copying and checking a gigabyte takes seconds, in
 * which this thread goes on. The signal ends it at the next step of the thread; nothing is left of the copy then.
 * Rejects with `RegisterRefused`.
 */
export async function copyAside(
  { from, key, path }: Omit<CopyOrder, 'part'>,
  signal: AbortSignal,
): Promise<BackupMade> {
  const draft = newCopyDraft(path)
  try {
    const order: CopyOrder = { from, key, path, part: draft.part }
    // Its connection is closed before a register is closed, replaced or restored.
    const answer = await runThread<CopyAnswer>(THREAD, order, {
      signal,
      interrupted: () =>
        new RegisterRefused(`The backup ${path} was interrupted.`, 'Take another backup: castellan backup.'),
    })
    if (answer.type === 'refused') throw new RegisterRefused(answer.message, answer.hint)
    return draft.place(answer.copied)
  } catch (error) {
    throw getRefusal(error, path)
  } finally {
    draft.remove()
  }
}

import type { BackupMade } from '../../../shared/contract/backup.ts'
import { defineJob, type RefusalForm, runJob } from '../../files/thread.ts'
import { type CopyFacts, fillCopy, newCopyDraft } from './backup.ts'
import { keyed } from './database-file.ts'
import { getRefusal } from './file-refusal.ts'
import { RegisterRefused } from './migrate.ts'

interface CopyOrder {
  /** The register. */
  readonly from: string
  readonly key: Uint8Array
  /** The empty file to fill. */
  readonly part: string
  /** The name that the copy will get, for messages. */
  readonly path: string
}

const REFUSALS: RefusalForm<Pick<RegisterRefused, 'message' | 'hint'>> = {
  read: (error) => (error instanceof RegisterRefused ? { message: error.message, hint: error.hint } : null),
  make: ({ message, hint }) => new RegisterRefused(message, hint),
}

/** Copies a register by a connection of its own that only reads. */
const COPY = defineJob({
  name: 'copy-register',
  refusals: REFUSALS,
  work: ({ from, key, part, path }: CopyOrder): CopyFacts => {
    try {
      const db = keyed(from, key, true)
      try {
        return fillCopy(db, key, part)
      } finally {
        db.close()
      }
    } catch (error) {
      throw getRefusal(error, path)
    }
  },
})

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
    // Its connection is closed before a register is closed, replaced or restored.
    const copied = await runJob(
      COPY,
      { from, key, path, part: draft.part },
      {
        signal,
        interrupted: () =>
          new RegisterRefused(`The backup ${path} was interrupted.`, 'Take another backup: castellan backup.'),
      },
    )
    return draft.place(copied)
  } catch (error) {
    throw getRefusal(error, path)
  } finally {
    draft.remove()
  }
}

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

import type { BackupMade } from '../../../shared/contract/backup.ts'
import { newCopyDraft } from './backup.ts'
import type { CopyAnswer, CopyOrder } from './copy-thread.ts'
import { getRefusal } from './file-refusal.ts'
import { RegisterRefused } from './migrate.ts'

/** The thread's own file: beside this one in the tree, beside the bundle or one folder above its chunks when built. */
function threadFile(): string {
  const places = ['./copy-thread.ts', './register-copier.js', '../register-copier.js']
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return files.find((file) => existsSync(file)) ?? files.join(' or ')
}

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
    const answer = await runThread(order, signal)
    if (answer.type === 'refused') throw new RegisterRefused(answer.message, answer.hint)
    return draft.place(answer.copied)
  } catch (error) {
    throw getRefusal(error, path)
  } finally {
    draft.remove()
  }
}

async function runThread(order: CopyOrder, signal: AbortSignal): Promise<CopyAnswer> {
  const thread = new Worker(threadFile(), { workerData: order })
  const { promise, resolve, reject } = Promise.withResolvers<CopyAnswer>()
  thread.on('message', resolve)
  thread.on('error', reject)
  thread.on('exit', () =>
    reject(new RegisterRefused(`The backup ${order.path} was interrupted.`, 'Take another backup: castellan backup.')),
  )
  const stop = (): void => void thread.terminate()
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', stop)
    // Its connection is closed before a register is closed, replaced or restored.
    await thread.terminate()
  }
}

import { on } from 'node:events'
import { Worker } from 'node:worker_threads'

import { findThread, noteAnswer } from '../../files/thread.ts'
import { Refusal } from '../kit/refusal.ts'
import { listBuffers, type RecordBatch } from './record-batch.ts'
import type { FromReader } from './reader-thread.ts'

const THREAD = { from: import.meta.url, source: 'reader-thread.ts', built: 'usage-reader.js' }

/** Batches that the thread reads ahead, so that it goes on while the register writes. */
const AHEAD = 4

/** Gives a batch back to be filled again: new memory for each batch takes longer than to fill it. */
function askForMore(thread: Worker, used: RecordBatch | null): void {
  thread.postMessage(used, used === null ? [] : listBuffers(used))
}

/**
 * Reads a file of usage records in a thread of its own, some batches ahead of the consumer; a batch is valid until the
 * next one is requested. Throws `Refusal` INVALID for a file without usage records, and the signal's reason when it is
 * aborted.
 */
export async function* readUsageFile(
  options: { readonly path: string; readonly seed: number; readonly lastDay: number },
  signal: AbortSignal,
): AsyncGenerator<RecordBatch> {
  signal.throwIfAborted()
  const thread = new Worker(findThread(THREAD), {
    workerData: options,
    // It makes few objects and keeps fewer.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  })
  try {
    const messages = on(thread, 'message', { signal }) as AsyncIterable<[FromReader]>
    for (let n = 0; n < AHEAD; n += 1) askForMore(thread, null)
    for await (const [message] of messages) {
      noteAnswer(THREAD)
      if (message.type === 'end') return
      if (message.type === 'refused') {
        throw new Refusal('INVALID', message.message, message.hint, { about: 'path' })
      }
      yield message.batch
      signal.throwIfAborted()
      askForMore(thread, message.batch)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    await thread.terminate()
  }
}

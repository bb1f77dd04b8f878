import { Worker } from 'node:worker_threads'

import { findThread } from '../../files/thread.ts'
import { Refusal } from '../kit/refusal.ts'
import type { RecordBatch } from './record-batch.ts'
import type { FromReader } from './reader-thread.ts'

const THREAD = { from: import.meta.url, source: 'reader-thread.ts', built: 'usage-reader.js' }

/** A thread is not a window and has no origin to name. */
function askForMore(thread: Worker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  thread.postMessage('more')
}

/**
 * Reads a file of usage records in a thread of its own, one batch ahead of the consumer. Throws `Refusal` INVALID for a
 * file without usage records, and the signal's reason when it is aborted.
 */
export async function* readUsageFile(
  options: { readonly path: string; readonly seed: number; readonly lastDay: number },
  signal: AbortSignal,
): AsyncGenerator<RecordBatch> {
  const thread = new Worker(findThread(THREAD), { workerData: options })
  let arrived = Promise.withResolvers<FromReader>()
  thread.on('message', (message: FromReader) => arrived.resolve(message))
  thread.on('error', (error) => arrived.reject(error))
  const abort = (): void => arrived.reject(signal.reason as Error)
  signal.addEventListener('abort', abort)
  try {
    signal.throwIfAborted()
    askForMore(thread)
    for (;;) {
      const message = await arrived.promise
      arrived = Promise.withResolvers()
      // The consumer may stop; this batch is then never acknowledged.
      arrived.promise.catch(() => undefined)
      if (message.type === 'end') return
      if (message.type === 'refused') {
        throw new Refusal('INVALID', message.message, message.hint, { about: 'path' })
      }
      askForMore(thread)
      yield message.batch
      signal.throwIfAborted()
    }
  } finally {
    signal.removeEventListener('abort', abort)
    await thread.terminate()
  }
}

import { on } from 'node:events'
import { open } from 'node:fs/promises'
import { parentPort, type Worker } from 'node:worker_threads'

import { defineJob, readMessage, type RefusalForm, reportFromThread, startJob } from '../../files/thread.ts'
import { Refusal } from '../kit/refusal.ts'
import { readRecords, type ReadRecordsOptions } from './read-records.ts'
import type { RecordBatch } from './batch-filler.ts'

const CHUNK = 1024 * 1024

type UsageOrder = Omit<ReadRecordsOptions, 'text' | 'takeUsed'> & { readonly path: string }

/** Every error of the reading is about the file. */
const REFUSALS: RefusalForm<Pick<Refusal, 'message' | 'hint'>> = {
  read: (error) => ({
    message: error instanceof Error ? error.message : String(error),
    hint: error instanceof Error && 'hint' in error ? String(error.hint) : 'Check the file, and try again.',
  }),
  make: ({ message, hint }) => new Refusal('INVALID', message, hint, { about: 'path' }),
}

/** Reads a file of usage records batch by batch, each on request. */
const READ = defineJob({
  name: 'read-usage',
  refusals: REFUSALS,
  // It makes few objects and keeps fewer.
  young: 8,
  work: async ({ path, ...options }: UsageOrder): Promise<void> => {
    const { takeUsed, waitForRequest } = takeRequests()
    for await (const batch of readRecords({ ...options, text: readChunks(path), takeUsed })) {
      await waitForRequest()
      reportFromThread(batch, listBuffers(batch))
    }
  },
})

/** Counts the batches that were requested, and keeps those that came back. */
function takeRequests() {
  const used: RecordBatch[] = []
  let wanted = 0
  let wake = Promise.withResolvers<void>()
  parentPort?.on('message', (batch: RecordBatch | null) => {
    if (batch !== null) used.push(batch)
    wanted += 1
    wake.resolve()
  })
  return {
    takeUsed: () => used.pop(),
    waitForRequest: async () => {
      if (wanted === 0) {
        wake = Promise.withResolvers()
        await wake.promise
      }
      wanted -= 1
    },
  }
}

/** The bytes of a file in chunks, each in the same memory as the one before. */
async function* readChunks(file: string): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(CHUNK)
  const handle = await open(file)
  try {
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK)
      if (bytesRead === 0) return
      yield chunk.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** The memory of its columns, to move to another thread. */
function listBuffers({ requests, newCells, cells, measures }: RecordBatch): ArrayBuffer[] {
  const columns = [requests, newCells, ...cells, ...measures.filter((each) => each !== null)]
  return columns.map(({ buffer }) => buffer as ArrayBuffer)
}

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
export async function* readUsageFile(options: UsageOrder, signal: AbortSignal): AsyncGenerator<RecordBatch> {
  signal.throwIfAborted()
  const thread = startJob(READ, options)
  try {
    const messages = on(thread, 'message', { signal }) as AsyncIterable<[unknown]>
    for (let n = 0; n < AHEAD; n += 1) askForMore(thread, null)
    for await (const [message] of messages) {
      const read = readMessage(READ, message)
      if (read.type === 'done') return
      yield read.report as RecordBatch
      signal.throwIfAborted()
      askForMore(thread, read.report as RecordBatch)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    await thread.terminate()
  }
}

import { createReadStream } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

import type { RecordBatch } from './record-batch.ts'
import { readRecords, type ReadRecordsOptions } from './read-records.ts'

/** Reads a file of usage records in a thread of its own, batch by batch, each on request. */
export type FromReader =
  | { readonly type: 'batch'; readonly batch: RecordBatch }
  | { readonly type: 'end' }
  | { readonly type: 'refused'; readonly message: string; readonly hint: string }

const port = parentPort
if (port === null) throw new Error('It runs in a thread.')
const { path, ...options } = workerData as Omit<ReadRecordsOptions, 'text'> & { readonly path: string }

let wanted = Promise.withResolvers<void>()
port.on('message', () => wanted.resolve())

const give = async (message: FromReader, transfer: readonly ArrayBuffer[] = []): Promise<void> => {
  await wanted.promise
  wanted = Promise.withResolvers()
  port.postMessage(message, transfer)
}

try {
  const text = createReadStream(path, { highWaterMark: 1024 * 1024 })
  for await (const batch of readRecords({ ...options, text })) {
    await give({ type: 'batch', batch }, [
      batch.requests.buffer,
      batch.cells.buffer,
      batch.measures.buffer,
      batch.newCells.buffer,
    ] as ArrayBuffer[])
  }
  await give({ type: 'end' })
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  const hint = error instanceof Error && 'hint' in error ? String(error.hint) : 'Check the file, and try again.'
  await give({ type: 'refused', message, hint })
}
port.close()

import { open } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'

import { listBuffers, type RecordBatch } from './record-batch.ts'
import { readRecords, type ReadRecordsOptions } from './read-records.ts'

/** Reads a file of usage records in a thread of its own, batch by batch, each on request. */
export type FromReader =
  | { readonly type: 'batch'; readonly batch: RecordBatch }
  | { readonly type: 'end' }
  | { readonly type: 'refused'; readonly message: string; readonly hint: string }

const CHUNK = 1024 * 1024

const port = parentPort
if (port === null) throw new Error('It runs in a thread.')
const { path, ...options } = workerData as Omit<ReadRecordsOptions, 'text'> & { readonly path: string }

const used: RecordBatch[] = []
let wanted = 0
let wake = Promise.withResolvers<void>()
port.on('message', (batch: RecordBatch | null) => {
  if (batch !== null) used.push(batch)
  wanted += 1
  wake.resolve()
})

const give = async (message: FromReader, transfer: readonly ArrayBuffer[] = []): Promise<void> => {
  if (wanted === 0) {
    wake = Promise.withResolvers()
    await wake.promise
  }
  wanted -= 1
  port.postMessage(message, transfer)
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

try {
  for await (const batch of readRecords({ ...options, text: readChunks(path), takeUsed: () => used.pop() })) {
    await give({ type: 'batch', batch }, listBuffers(batch))
  }
  await give({ type: 'end' })
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  const hint = error instanceof Error && 'hint' in error ? String(error.hint) : 'Check the file, and try again.'
  await give({ type: 'refused', message, hint })
}
port.close()

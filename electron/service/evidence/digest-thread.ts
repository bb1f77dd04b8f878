import { join } from 'node:path'
import { workerData } from 'node:worker_threads'

import { answerThread } from '../kit/thread-answer.ts'
import { digestNext, type FileToDigest } from './digest-file.ts'
import { readPieces } from './read-pieces.ts'

/** Reads files of a pack beside the thread that verifies it. */
export interface DigestOrder {
  readonly folder: string
  readonly files: readonly FileToDigest[]
  readonly taken: Int32Array<SharedArrayBuffer>
}

const { folder, files, taken } = workerData as DigestOrder

await answerThread(() => digestNext(files, taken, ({ name, size }) => readPieces(join(folder, name), size)))

import { availableParallelism } from 'node:os'

import { hasThread, runThread, usesAllThreads } from '../../files/thread.ts'
import { readAnswer, type ThreadAnswer } from '../kit/thread-answer.ts'
import { digestFile, digestNext, type FileDigest, type FileToDigest } from './digest-file.ts'
import type { DigestOrder } from './digest-thread.ts'
import type { PackSource } from './pack-source.ts'

const THREAD = { from: import.meta.url, source: 'digest-thread.ts', built: 'pack-reader.js' }

/** A thread for smaller files takes longer than the work. */
const SMALL_PACK = 16 << 20

/** Files that are read meanwhile. */
export interface DigestedFiles {
  /** Takes files too until all are read, and returns what is known of each. */
  readonly finish: () => Promise<readonly FileDigest[]>
  readonly stop: () => void
}

/**
 * Begins to read files of a pack in a second thread, the longest work first. A pack that is small or in a zip, or a program that cannot
 * start the thread, has all of them read by `finish`.
 */
export function beginDigests(
  source: PackSource,
  files: readonly FileToDigest[],
  { thread = THREAD, small = SMALL_PACK } = {},
): DigestedFiles {
  const sorted = files.toSorted((a, b) => estimateWork(b) - estimateWork(a))
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const stop = new AbortController()
  const { folder } = source
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const isWorthIt = usesAllThreads() || (size > small && availableParallelism() > 1)
  const isShared = folder !== null && isWorthIt && hasThread(thread)
  const aside = isShared ? readAside(thread, { folder, files: sorted, taken }, stop.signal) : Promise.resolve([])
  return {
    finish: async () => {
      const digests = [...(await digestNext(sorted, taken, ({ name }) => source.read(name))), ...(await aside)]
      const done = new Set(digests.map(({ name }) => name))
      // The thread could have ended with a file that it had taken.
      for (const file of sorted) if (!done.has(file.name)) digests.push(await digestFile(file, source.read(file.name)))
      return digests
    },
    stop: () => stop.abort(),
  }
}

/** None where the thread does not start or ends early. */
async function readAside(
  thread: typeof THREAD,
  order: DigestOrder,
  signal: AbortSignal,
): Promise<readonly FileDigest[]> {
  const interrupted = (): Error => new Error('The thread ended.')
  try {
    return readAnswer(
      await runThread<ThreadAnswer<readonly FileDigest[]>>(thread, order, { signal, interrupted, young: 16 }),
    )
  } catch {
    return []
  }
}

/** By the size of a file: making a CSV file takes twice as long as a hash. */
function estimateWork({ size, fields }: FileToDigest): number {
  return fields === null ? size : 3 * size
}

import { availableParallelism } from 'node:os'
import { join } from 'node:path'

import { defineJob, runJob, usesAllThreads } from '../../files/thread.ts'
import { REFUSALS } from '../kit/refusal.ts'
import { digestFile, digestNext, type FileDigest, type FileToDigest } from './digest-file.ts'
import type { PackSource } from './pack-source.ts'
import { readPieces } from './read-pieces.ts'

interface DigestOrder {
  readonly folder: string
  readonly files: readonly FileToDigest[]
  readonly taken: Int32Array<SharedArrayBuffer>
}

/** Reads files of a pack beside the thread that verifies it. */
const DIGEST = defineJob({
  name: 'digest-files',
  refusals: REFUSALS,
  young: 16,
  work: ({ folder, files, taken }: DigestOrder) =>
    digestNext(files, taken, ({ name, size }) => readPieces(join(folder, name), size)),
})

/** A thread for smaller files takes longer than the work. */
const SMALL_PACK = 16 << 20

/** Files that are read meanwhile. */
export interface DigestedFiles {
  /** Takes files too until all are read, and returns what is known of each. */
  readonly finish: () => Promise<readonly FileDigest[]>
  readonly stop: () => void
}

/**
 * Begins to read files of a pack in a second thread, the longest work first. A pack that is small or in a zip
 * has all of them read by `finish`.
 */
export function beginDigests(
  source: PackSource,
  files: readonly FileToDigest[],
  { file, small = SMALL_PACK }: { readonly file?: string; readonly small?: number } = {},
): DigestedFiles {
  const sorted = files.toSorted((a, b) => estimateWork(b) - estimateWork(a))
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const stop = new AbortController()
  const { folder } = source
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const isWorthIt = usesAllThreads() || (size > small && availableParallelism() > 1)
  const isShared = folder !== null && isWorthIt
  const aside = isShared ? readAside({ folder, files: sorted, taken }, stop.signal, file) : Promise.resolve([])
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
async function readAside(order: DigestOrder, signal: AbortSignal, file?: string): Promise<readonly FileDigest[]> {
  const interrupted = (): Error => new Error('The thread ended.')
  try {
    return await runJob(DIGEST, order, { signal, interrupted, ...(file === undefined ? {} : { file }) })
  } catch {
    return []
  }
}

/** By the size of a file: making a CSV file takes twice as long as a hash. */
function estimateWork({ size, fields }: FileToDigest): number {
  return fields === null ? size : 3 * size
}

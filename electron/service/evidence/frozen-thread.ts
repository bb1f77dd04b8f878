import { workerData } from 'node:worker_threads'

import { readRevision } from '../../register/db/meta.ts'
import { openReader, type RegisterFile } from '../../register/db/unlocked.ts'
import { hashFrozen } from '../../register/reviews/frozen-store.ts'
import { answerThread } from '../kit/thread-answer.ts'

/** Reads what reviews froze beside the thread that checks the rest of a register, through a connection of its own. */
export interface FrozenHashes {
  /** Of the register that has them; null where it changed while it was read. */
  readonly revision: number | null
  /** What `hashFrozen` returns, by the number of the review. */
  readonly hashes: ReadonlyMap<number, string>
}

await answerThread((): FrozenHashes => {
  const { reader, close } = openReader(workerData as RegisterFile)
  try {
    const before = readRevision(reader)
    const reviews = reader.column<number>('SELECT id FROM review ORDER BY id')
    const hashes = new Map(reviews.map((review) => [review, hashFrozen(reader, review)]))
    return { revision: readRevision(reader) === before ? before : null, hashes }
  } finally {
    close()
  }
})

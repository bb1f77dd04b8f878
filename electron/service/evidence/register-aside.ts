import { availableParallelism } from 'node:os'

import type { Verdict } from '../../../shared/contract/evidence.ts'
import { defineJob, runJob, usesAllThreads } from '../../files/thread.ts'
import { readRevision } from '../../register/db/meta.ts'
import { openReader, type RegisterFile } from '../../register/db/unlocked.ts'
import { inOneState } from '../../register/read/report.ts'
import { hashFrozen } from '../../register/reviews/frozen-store.ts'
import { type Context, makeRegister } from '../core/context.ts'
import { REFUSALS, Refusal } from '../kit/refusal.ts'
import { beginCheck, makeCheck, type PackEnd, verifyRegister } from './verify-register.ts'
import type { Reader } from '../../register/db/handles.ts'

interface FrozenHashes {
  /** Of the register that has them; null where it changed while it was read. */
  readonly revision: number | null
  /** The result of `hashFrozen`, by the number of the review. */
  readonly hashes: ReadonlyMap<number, string>
}

/** Reads what reviews froze beside the thread that checks the rest of a register, through a connection of its own. */
const HASH_FROZEN = defineJob({
  name: 'hash-frozen',
  refusals: REFUSALS,
  young: 16,
  work: (register: RegisterFile): FrozenHashes => {
    const { reader, close } = openReader(register)
    try {
      const before = readRevision(reader)
      const reviews = reader.column<number>('SELECT id FROM review ORDER BY id')
      const hashes = new Map(reviews.map((review) => [review, hashFrozen(reader, review)]))
      return { revision: readRevision(reader) === before ? before : null, hashes }
    } finally {
      close()
    }
  },
})

/**
 * Verifies a register like `verifyRegister`, with a second thread that reads what reviews froze of a large register.
 * Where the register changed before both were done, or the thread did not answer, everything is read here.
 */
export async function verifyRegisterAside(
  context: Context,
  ends: readonly PackEnd[],
  { hash = hashAside, isSmall = isSmallRegister } = {},
): Promise<Verdict> {
  const { reader } = makeRegister(context)
  const hasProcessor = usesAllThreads() || availableParallelism() > 1
  if (isSmall(reader) || !hasProcessor) return verifyRegister(context, ends)
  const reading = hash(context)
  // Until it is awaited.
  reading.catch(() => undefined)
  const check = makeCheck(context)
  const begun = inOneState(reader, () => ({ revision: readRevision(reader), finish: beginCheck(reader, check, ends) }))
  const frozen = await reading
  const verdict = inOneState(reader, () => {
    const revisions = [begun.revision, readRevision(reader)]
    if (frozen === null || revisions.some((revision) => revision !== frozen.revision)) return null
    return begun.finish((review) => frozen.hashes.get(review) ?? '')
  })
  return verdict ?? verifyRegister(context, ends)
}

/** Null where the thread does not start or ends early. Throws `Refusal` CONFLICT when the register is closed meanwhile. */
export function hashAside(context: Context, file?: string): Promise<FrozenHashes | null> {
  return makeRegister(context).runBeside(async (register, closing) => {
    const interrupted = (): Error => new Error('The thread ended.')
    try {
      return await runJob(HASH_FROZEN, register, {
        signal: closing,
        interrupted,
        ...(file === undefined ? {} : { file }),
      })
    } catch {
      if (!closing.aborted) return null
      throw new Refusal('CONFLICT', 'The register was not verified, since it was closed.', 'Verify it again.')
    }
  })
}

/** A thread for a smaller register takes longer than the work. */
const SMALL_REGISTER = 2 << 20

export function isSmallRegister(reader: Reader): boolean {
  if (usesAllThreads()) return false
  const bytes = reader.value<number>('SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()')
  return (bytes ?? 0) <= SMALL_REGISTER
}

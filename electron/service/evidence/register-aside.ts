import { availableParallelism } from 'node:os'

import type { Verdict } from '../../../shared/contract/evidence.ts'
import { hasThread, runThread, usesAllThreads } from '../../files/thread.ts'
import { readRevision } from '../../register/db/meta.ts'
import { inOneState } from '../../register/read/report.ts'
import { type Context, makeRegister } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { readAnswer, type ThreadAnswer } from '../kit/thread-answer.ts'
import type { FrozenHashes } from './frozen-thread.ts'
import { isSmallRegister } from './small-register.ts'
import { beginCheck, makeCheck, type PackEnd, verifyRegister } from './verify-register.ts'

const THREAD = { from: import.meta.url, source: 'frozen-thread.ts', built: 'frozen-reader.js' }

/**
 * The same as `verifyRegister`, with a second thread that reads what reviews froze of a large register. Where the register changed before
 * both were done, or the thread did not answer, everything is read here.
 */
export async function verifyRegisterAside(
  context: Context,
  ends: readonly PackEnd[],
  { thread = THREAD, isSmall = isSmallRegister } = {},
): Promise<Verdict> {
  const { reader } = makeRegister(context)
  const hasProcessor = usesAllThreads() || availableParallelism() > 1
  if (isSmall(reader) || !hasProcessor || !hasThread(thread)) return verifyRegister(context, ends)
  const reading = hashAside(context, thread)
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
function hashAside(context: Context, thread: typeof THREAD): Promise<FrozenHashes | null> {
  return makeRegister(context).runBeside(async (file, closing) => {
    const interrupted = (): Error => new Error('The thread ended.')
    const options = { signal: closing, interrupted, young: 16 }
    try {
      return readAnswer(await runThread<ThreadAnswer<FrozenHashes>>(thread, file, options))
    } catch {
      if (!closing.aborted) return null
      throw new Refusal('CONFLICT', 'The register was not verified, since it was closed.', 'Verify it again.')
    }
  })
}

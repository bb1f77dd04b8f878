import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { hasThread, runThread } from '../../files/thread.ts'
import { inOneState } from '../../register/read/report.ts'
import type { PublicKey } from '../../secrets/signing-key.ts'
import { type Context, getReader, makeRegister } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { readAnswer, type ThreadAnswer } from '../kit/thread-answer.ts'
import type { PackFolder } from './pack-folder.ts'
import type { PackAnswer, PackOrder } from './pack-thread.ts'
import { type PackTerms, readContent } from './read-pack.ts'
import { isSmallRegister } from './small-register.ts'
import { makeCheck, verifyRegister } from './verify-register.ts'
import { type WrittenReview, writePack } from './write-pack.ts'

const THREAD = { from: import.meta.url, source: 'pack-thread.ts', built: 'pack-writer.js' }

/** The first problem that `verifyRegister` finds; null for a register that agrees with itself. Throws as `runAside` does. */
export async function findRegisterProblem(context: Context, signal?: AbortSignal): Promise<EvidenceProblem | null> {
  if (isDoneHere(context)) return verifyRegister(context).problems[0] ?? null
  return runAside(context, { kind: 'check', check: makeCheck(context) }, signal)
}

/** Writes the pack of a review, all but its signature. Throws `Refusal` as `readContent`, `openPackFiles` and `runAside` do. */
export async function writeReviewPack(
  context: Context,
  folder: PackFolder,
  {
    terms,
    key: { publicPem, fingerprint },
    signal,
  }: { readonly terms: PackTerms; readonly key: PublicKey; readonly signal?: AbortSignal | undefined },
): Promise<WrittenReview> {
  const key = { publicPem, fingerprint }
  if (!isDoneHere(context)) return runAside(context, { kind: 'write', draft: folder.draft, terms, key }, signal)
  const reader = getReader(context)
  return inOneState(reader, () => writePack(folder, readContent(reader, terms), key))
}

type Order = PackOrder extends infer One ? (One extends PackOrder ? Omit<One, 'register'> : never) : never

/**
 * Works in a thread that reads on its own: of a large register it takes seconds, in which this thread goes on. Throws `Refusal`
 * CONFLICT when the signal ends it, or when the register is closed meanwhile.
 */
export function runAside<K extends PackOrder['kind']>(
  context: Context,
  order: Extract<Order, { kind: K }>,
  stop: AbortSignal | undefined,
  thread = THREAD,
): Promise<PackAnswer<K>> {
  return makeRegister(context).runBeside(async ({ path, key }, closing) => {
    const signal = stop === undefined ? closing : AbortSignal.any([stop, closing])
    const interrupted = (): Refusal =>
      new Refusal(
        'CONFLICT',
        closing.aborted
          ? 'No evidence was written, since the register was closed.'
          : 'No evidence was written, since that was cancelled.',
        'Write the pack again.',
      )
    const answer = await runThread<ThreadAnswer<PackAnswer<K>>>(
      thread,
      { register: { path, key }, ...order },
      { signal, interrupted, young: 48 },
    )
    return readAnswer(answer)
  })
}

/** The packed terminal has no thread for it: nothing waits there meanwhile. */
function isDoneHere(context: Context): boolean {
  return isSmallRegister(getReader(context)) || !hasThread(THREAD)
}

import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { defineJob, type Job, runJob } from '../../files/thread.ts'
import { openReader, type RegisterFile } from '../../register/db/unlocked.ts'
import { inOneState } from '../../register/read/report.ts'
import type { PublicKey } from '../../secrets/signing-key.ts'
import { type Context, getReader, makeRegister } from '../core/context.ts'
import { REFUSALS, Refusal } from '../kit/refusal.ts'
import { openPackFiles, type PackDraft, type PackFolder } from './pack-folder.ts'
import { type PackTerms, readContent } from './read-pack.ts'
import { isSmallRegister } from './register-aside.ts'
import { checkRegister, makeCheck, type RegisterCheck, verifyRegister } from './verify-register.ts'
import { type WrittenReview, writePack } from './write-pack.ts'

interface CheckOrder {
  readonly register: RegisterFile
  readonly check: RegisterCheck
}

/** Checks a register through a connection of its own that only reads: the first problem, or null. */
const CHECK = defineJob({
  name: 'check-register',
  refusals: REFUSALS,
  young: 48,
  work: ({ register, check }: CheckOrder): EvidenceProblem | null => {
    const { reader, close } = openReader(register)
    try {
      return checkRegister(reader, check, []).problems[0] ?? null
    } finally {
      close()
    }
  },
})

interface WriteOrder {
  readonly register: RegisterFile
  readonly draft: PackDraft
  readonly terms: PackTerms
  readonly key: PublicKey
}

/** Writes the pack of a review in the same way. */
export const WRITE_PACK = defineJob({
  name: 'write-pack',
  refusals: REFUSALS,
  young: 48,
  work: ({ register, draft, terms, key }: WriteOrder): WrittenReview => {
    const { reader, close } = openReader(register)
    try {
      const { files, drop } = openPackFiles(draft)
      try {
        return inOneState(reader, () => writePack(files, readContent(reader, terms), key))
      } finally {
        drop()
      }
    } finally {
      close()
    }
  },
})

/** The first problem that `verifyRegister` finds; null for a register that agrees with itself. Throws as `runAside` does. */
export async function findRegisterProblem(context: Context, signal?: AbortSignal): Promise<EvidenceProblem | null> {
  if (isSmallRegister(getReader(context))) return verifyRegister(context).problems[0] ?? null
  return runAside(context, CHECK, { check: makeCheck(context) }, { signal })
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
  const reader = getReader(context)
  if (!isSmallRegister(reader)) return runAside(context, WRITE_PACK, { draft: folder.draft, terms, key }, { signal })
  return inOneState(reader, () => writePack(folder, readContent(reader, terms), key))
}

/**
 * Works in a thread that reads on its own: of a large register it takes seconds, in which this thread goes on. Throws `Refusal`
 * CONFLICT when the signal ends it, or when the register is closed meanwhile.
 */
export function runAside<Order extends { readonly register: RegisterFile }, Answer>(
  context: Context,
  job: Job<Order, Answer>,
  order: Omit<Order, 'register'>,
  { signal: stop, ...options }: { readonly signal?: AbortSignal | undefined; readonly file?: string },
): Promise<Answer> {
  return makeRegister(context).runBeside(({ path, key }, closing) => {
    const signal = stop === undefined ? closing : AbortSignal.any([stop, closing])
    const interrupted = (): Refusal =>
      new Refusal(
        'CONFLICT',
        closing.aborted
          ? 'No evidence was written, since the register was closed.'
          : 'No evidence was written, since that was cancelled.',
        'Write the pack again.',
      )
    return runJob(job, { register: { path, key }, ...order } as Order, { signal, interrupted, ...options })
  })
}

import { workerData } from 'node:worker_threads'

import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { openReader, type RegisterFile } from '../../register/db/unlocked.ts'
import { inOneState } from '../../register/read/report.ts'
import type { PublicKey } from '../../secrets/signing-key.ts'
import { answerThread } from '../kit/thread-answer.ts'
import { openPackFiles, type PackDraft } from './pack-folder.ts'
import { type PackTerms, readContent } from './read-pack.ts'
import { checkRegister, type RegisterCheck } from './verify-register.ts'
import { type WrittenReview, writePack } from './write-pack.ts'

/** Checks a register, or writes the pack of a review, in a thread of its own, through a connection of its own that only reads. */
export type PackOrder = { readonly register: RegisterFile } & (
  | { readonly kind: 'check'; readonly check: RegisterCheck }
  | { readonly kind: 'write'; readonly draft: PackDraft; readonly terms: PackTerms; readonly key: PublicKey }
)

/** Of a check, the first problem; null where there is none. */
export type PackAnswer<K extends PackOrder['kind']> = K extends 'check' ? EvidenceProblem | null : WrittenReview

const order = workerData as PackOrder

await answerThread(() => {
  const { reader, close } = openReader(order.register)
  try {
    if (order.kind === 'check') return checkRegister(reader, order.check, []).problems[0] ?? null
    const { draft, terms, key } = order
    const { files, drop } = openPackFiles(draft)
    try {
      return inOneState(reader, () => writePack(files, readContent(reader, terms), key))
    } finally {
      drop()
    }
  } finally {
    close()
  }
})

import { workerData } from 'node:worker_threads'

import type { RegisterFormat } from '../../../shared/domain/text/register-formats.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { openReader } from '../../register/db/unlocked.ts'
import type { Draft } from '../files-out/write-file.ts'
import { answerThread, type ThreadAnswer } from '../kit/thread-answer.ts'
import type { AskedScope } from './register-scope.ts'
import { writeRegister, type WrittenRegister } from './write-register.ts'

/** Writes the register in a thread of its own, through a connection of its own that only reads. */
export interface ExportOrder {
  /** The register, and its key. */
  readonly path: string
  readonly key: Uint8Array
  readonly asked: AskedScope
  readonly format: RegisterFormat
  readonly moment: Moment
  readonly draft: Draft
}

export type ExportAnswer = ThreadAnswer<WrittenRegister>

const { path, key, asked, format, moment, draft } = workerData as ExportOrder

await answerThread(async () => {
  const { reader, close } = openReader({ path, key })
  try {
    return await writeRegister(reader, asked, format, moment, draft)
  } finally {
    close()
  }
})

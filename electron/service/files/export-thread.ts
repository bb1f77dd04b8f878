import { parentPort, workerData } from 'node:worker_threads'

import type { Moment } from '../../../shared/domain/day.ts'
import { openReader } from '../../register/db/unlocked.ts'
import type { Draft } from '../files-out/write-file.ts'
import { Refusal, type RefusalCode } from '../kit/refusal.ts'
import { writeRegisterWorkbook, type WrittenRegister } from './export-workbook.ts'
import type { AskedScope } from './register-scope.ts'

/** Writes the register as a workbook in a thread of its own, through a connection of its own that only reads. */
export interface ExportOrder {
  /** The register, and its key. */
  readonly path: string
  readonly key: Uint8Array
  readonly asked: AskedScope
  readonly moment: Moment
  readonly draft: Draft
}

export type ExportAnswer =
  | { readonly type: 'written'; readonly register: WrittenRegister }
  | {
      readonly type: 'refused'
      readonly code: RefusalCode
      readonly message: string
      readonly hint: string
      readonly about: string | null
    }

const port = parentPort
if (port === null) throw new Error('It runs in a thread.')
const { path, key, asked, moment, draft } = workerData as ExportOrder

async function write(): Promise<ExportAnswer> {
  const { reader, close } = openReader({ path, key })
  try {
    return { type: 'written', register: await writeRegisterWorkbook(reader, asked, moment, draft) }
  } catch (error) {
    // An error of the file system keeps its code on its way out of a thread; a refusal would lose what it is.
    if (!(error instanceof Refusal)) throw error
    const { code, message, hint, about } = error
    return { type: 'refused', code, message, hint, about }
  } finally {
    close()
  }
}

const answer = await write()
// A thread is not a window and has no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
port.postMessage(answer)
port.close()

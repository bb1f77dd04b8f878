import { workerData } from 'node:worker_threads'

import type { ImportPlan } from '../../../shared/contract/files.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { ImportProgress } from '../../../shared/domain/import/stages.ts'
import { reportFromThread } from '../../files/thread.ts'
import { openReader, type RegisterFile } from '../../register/db/unlocked.ts'
import { openBeside } from '../../register/register.ts'
import type { Deciding } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { answerThread, type ThreadAnswer } from '../kit/thread-answer.ts'
import { type ImportRequest, plannedImport } from './import-plan.ts'
import { type ImportTurn, isCancelled, takeTurn } from './import-turn.ts'
import { type ImportWritten, writeImport } from './write-import.ts'

/** Plans or imports a file in a thread of its own, through a connection of its own. */
export type ImportOrder = {
  readonly register: RegisterFile
  readonly request: ImportRequest
  readonly turn: ImportTurn
} & ({ readonly kind: 'plan'; readonly moment: Moment } | { readonly kind: 'import'; readonly deciding: Deciding })

export type ImportAnswer<K extends ImportOrder['kind']> = ThreadAnswer<K extends 'plan' ? ImportPlan : ImportWritten>

const order = workerData as ImportOrder

/** Reports a stage; throws once the import is cancelled. */
function report(progress: ImportProgress): void {
  const { turn } = order
  if (progress.stage === 'save' ? !takeTurn(turn) : isCancelled(turn)) {
    throw new Refusal('CONFLICT', 'The import was cancelled. Nothing of it was written.', 'Import the file again.')
  }
  reportFromThread(progress)
}

await answerThread((): ImportPlan | ImportWritten => {
  if (order.kind === 'plan') {
    const { reader, close } = openReader(order.register)
    try {
      return plannedImport(reader, order.request, { moment: order.moment, report }).shown
    } finally {
      close()
    }
  }
  const register = openBeside(order.register)
  try {
    return writeImport(register, order.request, { deciding: order.deciding, report })
  } finally {
    register.close()
  }
})

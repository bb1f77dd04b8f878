import type { RegisterFormat } from '../../../shared/domain/text/register-formats.ts'
import { runThread } from '../../files/thread.ts'
import { type Context, makeMoment, makeRegister } from '../core/context.ts'
import type { FileTarget } from '../files-out/target.ts'
import { Refusal } from '../kit/refusal.ts'
import { readAnswer } from '../kit/thread-answer.ts'
import type { ExportAnswer, ExportOrder } from './export-thread.ts'
import type { AskedScope, StagedRegister } from './register-scope.ts'
import { stageWritten, type WrittenRegister } from './write-register.ts'

const THREAD = { from: import.meta.url, source: 'export-thread.ts', built: 'register-exporter.js' }

/**
 * Writes the register beside its target, in a thread of its own: a large one takes seconds, in
 * which this thread goes on. Throws `Refusal` NOT_FOUND, INVALID, or CONFLICT when the register is closed meanwhile.
 */
export function writeRegisterAside(
  context: Context,
  asked: AskedScope,
  format: RegisterFormat,
  target: FileTarget,
): Promise<StagedRegister> {
  const scope: AskedScope = { client: asked.client, connection: asked.connection }
  const moment = makeMoment(context)
  return stageWritten(target, (draft) =>
    makeRegister(context).runBeside((file, signal) =>
      writeBeside({ ...file, asked: scope, format, moment, draft }, signal),
    ),
  )
}

async function writeBeside(order: ExportOrder, signal: AbortSignal): Promise<WrittenRegister> {
  const answer = await runThread<ExportAnswer>(THREAD, order, {
    signal,
    young: 12,
    interrupted: () =>
      new Refusal('CONFLICT', 'The export was interrupted, since the register was closed.', 'Export again.'),
  })
  return readAnswer(answer)
}

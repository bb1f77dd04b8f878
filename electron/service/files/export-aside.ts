import { runThread } from '../../files/thread.ts'
import { checkScope, type Context, getReader, makeMoment, makeRegister } from '../core/context.ts'
import type { FileTarget } from '../files-out/target.ts'
import { stageDraft } from '../files-out/write-file.ts'
import { Refusal } from '../kit/refusal.ts'
import { readAnswer } from '../kit/thread-answer.ts'
import type { ExportAnswer, ExportOrder } from './export-thread.ts'
import type { WrittenRegister } from './export-workbook.ts'
import { type AskedScope, listConnections, type StagedRegister } from './register-scope.ts'

const THREAD = { from: import.meta.url, source: 'export-thread.ts', built: 'register-exporter.js' }

/**
 * Writes the register as a workbook beside its target, in a thread of its own: of a large register it takes seconds, in
 * which this thread goes on. Throws `Refusal` NOT_FOUND, INVALID, or CONFLICT when the register is closed meanwhile.
 */
export async function writeWorkbookAside(
  context: Context,
  asked: AskedScope,
  target: FileTarget,
): Promise<StagedRegister> {
  const scope: AskedScope = { client: asked.client, connection: asked.connection }
  checkScope(context, scope)
  listConnections(getReader(context), scope)
  const moment = makeMoment(context)
  const done: WrittenRegister[] = []
  const staged = await stageDraft(target, async (draft) => {
    const register = await makeRegister(context).runBeside((file, signal) =>
      writeBeside({ ...file, asked: scope, moment, draft }, signal),
    )
    done.push(register)
    return register.written
  })
  const [register] = done
  if (register === undefined) throw new Error('A workbook was written without its rows.')
  return { staged, scope: register.scope, rows: register.rows }
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

import type { Moment } from '../../../shared/domain/day.ts'
import type { RegisterFormat } from '../../../shared/domain/text/register-formats.ts'
import { defineJob, runJob } from '../../files/thread.ts'
import { openReader, type RegisterFile } from '../../register/db/unlocked.ts'
import { type Context, makeMoment, makeRegister } from '../core/context.ts'
import type { FileTarget } from '../files-out/target.ts'
import type { Draft } from '../files-out/write-file.ts'
import { REFUSALS, Refusal } from '../kit/refusal.ts'
import type { AskedScope, StagedRegister } from './register-scope.ts'
import { stageWritten, writeRegister, type WrittenRegister } from './write-register.ts'

interface ExportOrder {
  readonly register: RegisterFile
  readonly asked: AskedScope
  readonly format: RegisterFormat
  readonly moment: Moment
  readonly draft: Draft
}

/** Writes the register through a connection of its own that only reads. */
const EXPORT = defineJob({
  name: 'export-register',
  refusals: REFUSALS,
  young: 12,
  work: async ({ register, asked, format, moment, draft }: ExportOrder): Promise<WrittenRegister> => {
    const { reader, close } = openReader(register)
    try {
      return await writeRegister(reader, asked, format, moment, draft)
    } finally {
      close()
    }
  },
})

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
  const interrupted = (): Refusal =>
    new Refusal('CONFLICT', 'The export was interrupted, since the register was closed.', 'Export again.')
  return stageWritten(target, (draft) =>
    makeRegister(context).runBeside((register, signal) =>
      runJob(EXPORT, { register, asked: scope, format, moment, draft }, { signal, interrupted }),
    ),
  )
}

import { type OutOptions, printWritten, getTarget, withOut } from '../kit/out-option.ts'
import type { DefineVerb } from '../kit/run.ts'
import { writing } from '../kit/writing.ts'

export const define: DefineVerb = (command, act) => {
  withOut(command)
    .description(
      'Print what finds a fault: versions, files, counts of rows, the ends of the last syncs, the last lines of the log. No client, person, key or address is named. Read it before you hand it on.',
    )
    .addHelpText(
      'after',
      '\nJSON keys: written, castellan, system, profile, register, log; with --out: path, bytes, rows, sha256\n',
    )
  act<OutOptions, []>(command, async (run, { out, force }) => {
    if (out === undefined) await run.terminal.out((await run.withApi('read', (api) => api.app.diagnostics())).text)
    else await printWritten(run, await writing(run, (api) => api.app.saveDiagnostics(getTarget(run, out, { force }))))
  })
}

import { type OutOptions, printWritten, getTarget, withOut } from '../kit/out-option.ts'
import type { DefineVerb } from '../kit/run.ts'
import { writing } from '../kit/writing.ts'

export const define: DefineVerb = (command, act) => {
  command.about({
    calls: ['app.diagnostics', 'app.saveDiagnostics --out'],
    example: '--out diagnostics.json',
    isWhole: true,
  })
  withOut(command)
    .description(
      'Print data for fault finding: versions, files, counts of rows, the results of the last syncs, the last lines of the log. It names no client, person, key or address. Read it before you pass it on.',
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

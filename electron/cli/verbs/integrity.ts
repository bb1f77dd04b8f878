import { counted } from '../../../shared/domain/counted.ts'
import { EXIT } from '../exit-code.ts'
import { printLines, printObject } from '../listing.ts'
import type { DefineVerb } from '../run.ts'
import { shown } from '../text/shown.ts'
import { isoTime } from '../text/when.ts'

export const define: DefineVerb = (command, act) => {
  command.addHelpText('after', '\nJSON keys: ok, problems, journalRows, checkedAt\n')
  act<object, []>(command, async (run) => {
    const result = await run.withApi('read', (api) => api.app.integrity())
    if (run.json) await printObject(run.terminal, { ...result, checkedAt: isoTime(result.checkedAt) })
    else if (result.ok) {
      await printLines(run.terminal, [`✓ sound: the register, and the journal's ${counted(result.journalRows, 'row')}`])
    } else await printLines(run.terminal, ['✗ damaged:', ...result.problems.map((problem) => `  ${shown(problem)}`)])
    if (!result.ok) {
      await run.terminal.err('Restore the newest backup: castellan restore.\n')
    }
    return result.ok ? EXIT.done : EXIT.failed
  })
}

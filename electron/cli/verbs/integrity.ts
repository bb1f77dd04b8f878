import { counted } from '../../../shared/domain/counted.ts'
import { EXIT } from '../kit/exit-code.ts'
import { printLines, printObject } from '../kit/listing.ts'
import type { DefineVerb } from '../kit/run.ts'
import { describeStatus } from '../kit/status.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime } from '../kit/text/when.ts'

export const define: DefineVerb = (command, act) => {
  command
    .about({ calls: 'app.integrity' })
    .addHelpText(
      'after',
      '\nJSON keys: ok, problems, journalRows, checkedAt, comparedWithKeychain, notices (kind, title, detail)\n',
    )
  act<object, []>(command, async (run) => {
    const { result, notices, comparedWithKeychain } = await run.withApi('read', async (api) => {
      const info = await api.app.info()
      return {
        result: await api.app.integrity(),
        notices: describeStatus(info),
        comparedWithKeychain: info.keychain.available,
      }
    })
    const checkedAt = isoTime(result.checkedAt)
    if (run.json) await printObject(run.terminal, { ...result, checkedAt, comparedWithKeychain, notices })
    else if (result.ok) {
      await printLines(run.terminal, [
        `✓ sound: the register, and the ${counted(result.journalRows, 'row')} of its audit log`,
      ])
    } else await printLines(run.terminal, ['✗ damaged:', ...result.problems.map((problem) => `  ${shown(problem)}`)])
    if (!run.json) {
      if (!comparedWithKeychain) {
        await printLines(run.terminal, [
          '! Not compared with a keychain: there is none here, so an older copy of the whole profile would not be noticed.',
        ])
      }
      await printLines(
        run.terminal,
        notices.map(({ title, detail }) => `! ${shown(title)}. ${shown(detail)}`),
      )
    }
    if (!result.ok) {
      await run.terminal.err('Restore the newest backup: castellan restore.\n')
    }
    return result.ok ? EXIT.done : EXIT.failed
  })
}

import { manualPage } from '../kit/manual.ts'
import type { DefineVerb } from '../kit/run.ts'

export const define: DefineVerb = (command, act) => {
  command
    .description('Print the manual page castellan(1), with every command, for man.')
    .about({ example: '> castellan.1' })
  act<object, []>(command, async (run) => {
    await run.terminal.out(manualPage(await run.commands()))
  })
}

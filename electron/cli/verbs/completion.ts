import { Argument } from 'commander'

import { bashCompletion } from '../completion/bash.ts'
import { fishCompletion } from '../completion/fish.ts'
import { powershellCompletion } from '../completion/powershell.ts'
import { zshCompletion } from '../completion/zsh.ts'
import type { CommandModel } from '../kit/command-model.ts'
import type { DefineVerb } from '../kit/run.ts'

const SHELLS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
} as const satisfies Readonly<Record<string, (program: CommandModel) => string>>

export const define: DefineVerb = (command, act) => {
  command
    .description('Print a script by which a shell completes commands, options and their values.')
    .about({ example: ['bash > castellan.bash', 'fish > castellan.fish'] })
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
  act<object, [keyof typeof SHELLS]>(command, async (run, _options, shell) => {
    await run.terminal.out(SHELLS[shell](await run.commands()))
  })
}

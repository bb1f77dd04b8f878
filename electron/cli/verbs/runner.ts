import { plainJson } from '../../../shared/domain/text/visible-text.ts'
import type { NoteKind } from '../../service/kit/host.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime } from '../kit/text/when.ts'
import { defineInstall } from './runner/install.ts'

export const define: DefineVerb = (command, act) => {
  command
    .description(
      'Read connections and their usage when they are due, exchange with the team, remind and back up, until it is ended: the service without a window.',
    )
    .about({ example: '--profile /var/lib/castellan', isWhole: true })
    .addHelpText(
      'after',
      '\nOne line for each step; problems go to standard error. It ends with exit code 0 at SIGTERM or Ctrl+C. Credentials come from the keychain, or from systemd ($CREDENTIALS_DIRECTORY).\nJSON keys of each line: at, kind (done, problem), text\n',
    )
  act<object, []>(command, follow)
  defineInstall(command, act)
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

async function follow(run: Run): Promise<ExitCode> {
  const { terminal } = run
  const { promise: ended, resolve: end } = Promise.withResolvers<string>()
  // They stay until the process ends: a second one must not end it in the middle of its last step.
  for (const signal of SIGNALS) process.on(signal, end)
  let printed: Promise<void> = Promise.resolve()
  const note = (text: string, kind: NoteKind): void => {
    const line = run.json ? toJson({ at: isoTime(terminal.now()), kind, text }) : shown(text)
    // A reader that closed the pipe stops no work.
    printed = printed.then(() => terminal[kind === 'problem' ? 'err' : 'out'](`${line}\n`)).catch(() => undefined)
  }
  try {
    await run.withRunner(note, async () => note(`Ending: ${await ended}.`, 'done'))
    note('Ended.', 'done')
  } finally {
    await printed
    for (const signal of SIGNALS) process.off(signal, end)
  }
  return EXIT.done
}

function toJson(line: { readonly at: string | null; readonly kind: NoteKind; readonly text: string }): string {
  return plainJson(JSON.stringify(line))
}

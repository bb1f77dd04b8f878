import type { Api, Outputs } from '../../../../shared/contract/contract.ts'
import type { Command } from '../../kit/command.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { printLines, printObject, printEither } from '../../kit/listing.ts'
import { sendPreviewed } from '../remediation/run.ts'
import { blockedLines, fitLines, itemLines } from '../remediation/text.ts'
import { formatCommand } from '../../kit/next.ts'
import type { Act, Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { namedPlan, PLAN_NAME } from './named.ts'

interface Options {
  readonly preview?: true
  readonly run?: true
  readonly confirm?: string
}

type AddResult = Outputs['planApply']['addToList']

/** No preview takes more. */
const MOST = 100

export function defineApply(command: Command, act: Act): void {
  const apply = command
    .command('apply')
    .about({
      calls: ['planApply.preview --preview', 'planApply.addToList'],
      example: 'Exercise --preview',
      printsOnce: true,
    })
    .argument('<name>', PLAN_NAME)
    .description(
      'Show what the plan lacks as exact requests, or add it to the remediation list and send what can be sent now.',
    )
    .option('--preview', 'show the exact requests; nothing is sent, and nothing is written')
    .option('--run', 'send them in order; stop at the first unexpected response')
    .option('--confirm <word>', 'what the preview asks to be typed')
    .addHelpText(
      'after',
      '\nProjects come before what is in them: run it again after the sync, until nothing is left to do. New secrets are\nprinted on standard output, only once. What exists beyond the plan is never removed.\n',
    )
  act<Options, [string]>(apply, async (run, options, name) => {
    if (options.preview === options.run) {
      throw new Misuse('It is not clear what to do.', 'Give --preview or --run.')
    }
    if (options.run && options.confirm === undefined) {
      throw new Misuse('The confirmation word is missing.', 'See it with --preview, then give it: --run --confirm WORD')
    }
    // A preview opens the register read-only, so it cannot write.
    if (options.preview) return run.withApi('read', (api) => previewed(run, api, name))
    return run.withApi('write', async (api) => {
      const listed = await api.planApply.addToList((await namedPlan(api, run, name)).ref)
      return sent(run, api, listed, options.confirm ?? '')
    })
  })
}

async function previewed(run: Run, api: Api, name: string): Promise<ExitCode> {
  const preview = await api.planApply.preview((await namedPlan(api, run, name)).ref)
  const { confirm, items, blocked, left } = preview
  if (run.json) await printObject(run.terminal, preview)
  else {
    const client = run.client === undefined ? [] : ['--client', run.client]
    const nothing = items.length === 0 && blocked.length === 0 && left.length === 0
    const lines = [
      ...items.flatMap((item) => itemLines(item)),
      ...(confirm === ''
        ? [nothing ? 'Nothing is left to do.' : 'Nothing to send.']
        : [
            '',
            'To send it:',
            formatCommand(['plan', 'apply', shown(name), ...client, '--run', '--confirm', shown(confirm)], run),
          ]),
      ...blockedLines(blocked),
      ...left.map((says) => `Not added: ${shown(says)}`),
    ]
    await printLines(run.terminal, fitLines(lines, run.terminal.columns))
  }
  return EXIT.done
}

async function sent(run: Run, api: Api, listed: AddResult, confirm: string): Promise<ExitCode> {
  const ready = listed.ready.slice(0, MOST)
  if (ready.length === 0) {
    await printEither(run, { rows: [], stopped: null, secrets: [] }, rest(listed))
    return EXIT.done
  }
  const { token } = await api.remediation.preview({ remediations: ready })
  const code = await sendPreviewed(run, api, { token, confirm })
  await run.terminal.err(`${rest({ ...listed, ready: listed.ready.slice(MOST) }).join('\n')}\n`)
  return code
}

function waitingLines(count: number): string[] {
  return count === 0 ? [] : [`Waiting for others, or for a sync: ${count}. Apply the plan again afterwards.`]
}

function rest({ ready, waiting, byHand, left }: AddResult): string[] {
  const reported = [
    ...waitingLines(waiting.length),
    ...(byHand.length === 0
      ? []
      : [`${byHand.length} need manual steps: castellan remediation preview ${byHand.join(' ')}`]),
    ...left.map((says) => `Not added: ${shown(says)}`),
  ]
  return reported.length === 0 && ready.length === 0 ? ['Nothing is left to do.'] : reported
}

import type { Command } from 'commander'

import type { Api, Outputs } from '../../../../shared/contract/contract.ts'
import { EXIT, type ExitCode } from '../../exit-code.ts'
import { Misuse } from '../../failure.ts'
import { printLines, printObject } from '../../listing.ts'
import { sendPreviewed } from '../../remedy-run.ts'
import { previewLines } from '../../remedy-text.ts'
import type { Act, Run } from '../../run.ts'
import { shown } from '../../text/shown.ts'
import { namedPlan, PLAN_NAME } from './named.ts'

interface Options {
  readonly preview?: true
  readonly run?: true
  readonly confirm?: string
}

type Listed = Outputs['planApply']['addToList']

/** No preview takes more. */
const MOST = 100

export function defineApply(command: Command, act: Act): void {
  const apply = command
    .command('apply')
    .argument('<name>', PLAN_NAME)
    .description('Put what the plan lacks on the list of remedies, and show or send what can be sent now.')
    .option('--preview', 'show the exact requests; nothing is sent')
    .option('--run', 'send them, in order, and stop at the first surprise')
    .option('--confirm <word>', 'what the preview asks to be typed')
    .addHelpText(
      'after',
      '\nProjects come before what is in them: run it again after the sync, until it says that nothing is left. New secrets are\nprinted on standard output, this once. What is there beyond the plan is never taken away.\n',
    )
  act<Options, [string]>(apply, async (run, options, name) => {
    if (options.preview === options.run) {
      throw new Misuse('Say what is to be done.', 'Give --preview or --run.')
    }
    if (options.run && options.confirm === undefined) {
      throw new Misuse('What has to be typed is missing.', 'See it with --preview, then give it: --run --confirm WORD')
    }
    return run.withApi('write', async (api) => {
      const listed = await api.planApply.addToList((await namedPlan(api, run, name)).ref)
      return options.run ? sent(run, api, listed, options.confirm ?? '') : previewed(run, api, listed)
    })
  })
}

async function previewed(run: Run, api: Api, listed: Listed): Promise<ExitCode> {
  const ids = [...listed.ready, ...listed.byHand].slice(0, MOST)
  const preview = ids.length === 0 ? null : await api.remedy.preview({ remedies: ids })
  if (run.json) await printObject(run.terminal, { ...listed, preview })
  else await printLines(run.terminal, [...(preview === null ? [] : previewLines(preview)), ...rest(listed)])
  return EXIT.done
}

async function sent(run: Run, api: Api, listed: Listed, confirm: string): Promise<ExitCode> {
  const ready = listed.ready.slice(0, MOST)
  if (ready.length === 0) {
    if (run.json) await printObject(run.terminal, { rows: [], stopped: null, secrets: [] })
    else await printLines(run.terminal, rest(listed))
    return EXIT.done
  }
  const { token } = await api.remedy.preview({ remedies: ready })
  const code = await sendPreviewed(run, api, { token, confirm })
  await run.terminal.err(`${rest({ ...listed, ready: listed.ready.slice(MOST) }).join('\n')}\n`)
  return code
}

function rest({ ready, waiting, byHand, left }: Listed): string[] {
  const told = [
    ...(waiting.length === 0
      ? []
      : [`${waiting.length} more wait for others, or for a sync: apply it again afterwards.`]),
    ...(byHand.length === 0
      ? []
      : [`${byHand.length} are to be done by hand: castellan remedy preview ${byHand.join(' ')}`]),
    ...left.map((says) => `Not added: ${shown(says)}`),
  ]
  return told.length === 0 && ready.length === 0 ? ['Nothing is left to do.'] : told
}

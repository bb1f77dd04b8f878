import { Option } from 'commander'

import {
  PLAN_FILE_FORMATS,
  PLAN_FORMATS,
  type PlanFileFormat,
  type PlanFormat,
} from '../../../../shared/contract/plans.ts'
import type { Command } from '../../kit/command.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { formatOfFile } from '../../kit/file-format.ts'
import { printObject, printEither } from '../../kit/listing.ts'
import { type OutOptions, getTarget, withForce } from '../../kit/out-option.ts'
import type { Act } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { writing } from '../../kit/writing.ts'
import { namedPlan, PLAN_NAME } from './named.ts'

export function defineShow(command: Command, act: Act): void {
  const show = command
    .command('show')
    .about({ calls: ['plan.get', 'plan.document'], example: 'Exercise --format html > plan.html' })
    .argument('<name>', PLAN_NAME)
    .description(
      'Print a plan: its document as Markdown or HTML, or itself as YAML; with --json, the plan as it is stored.',
    )
    .addOption(new Option('--format <format>', 'default: md').choices(PLAN_FORMATS))
  act<{ readonly format?: PlanFormat }, [string]>(show, async (run, { format }, name) => {
    if (run.json && format !== undefined) {
      throw new Misuse(`--json and --format ${format} contradict each other.`, 'Give one of them.')
    }
    await run.withApi('read', async (api) => {
      const { ref } = await namedPlan(api, run, name)
      if (run.json) await printObject(run.terminal, (await api.plan.get(ref)).plan)
      else await run.terminal.out((await api.plan.document({ ...ref, format: format ?? 'md' })).text)
    })
  })

  const out = withForce(command.command('export').about({ calls: 'plan.export', example: 'Exercise plan.yaml' }))
    .argument('<name>', PLAN_NAME)
    .argument('<file>', 'where to: .md, .html, .pdf or .yaml')
    .description('Write a plan to a file atomically, and record it in the audit log.')
    .addOption(
      new Option(
        '--format <format>',
        'default: by the ending of the file; a pdf needs Chromium, Chrome or Edge',
      ).choices(PLAN_FILE_FORMATS),
    )
    .addHelpText('after', '\nJSON keys: path, bytes, rows, sha256\n')
  act<OutOptions & { readonly format?: PlanFileFormat }, [string, string]>(out, async (run, options, name, file) => {
    const format = formatOfFile(file, PLAN_FILE_FORMATS, options.format)
    const target = getTarget(run, file, options)
    const written = await writing(run, async (api) => {
      const { ref } = await namedPlan(api, run, name)
      return api.plan.export({ ...ref, format, ...target })
    })
    await printEither(run, written, [`Wrote ${shown(written.path)} (SHA-256 ${written.sha256}).`])
    return EXIT.done
  })
}

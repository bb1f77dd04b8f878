import { basename, resolve } from 'node:path'

import type { Command } from '../../kit/command.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Failed } from '../../kit/failure.ts'
import { readContent } from '../../kit/import-input.ts'
import type { Act } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { printMade } from './made.ts'
import { readClient, namedPlan } from './named.ts'

interface Options {
  readonly name?: string
  readonly into?: string
}

export function defineImport(command: Command, act: Act): void {
  const take = command
    .command('import')
    .about({ calls: ['plan.save --into', 'plan.fromYaml'], example: 'plan.yaml --client acme' })
    .argument('<file>', 'a plan in YAML')
    .description('Import a plan from a file, as a draft of a client (--client) or as the next version of a plan.')
    .option('--name <title>', 'the title of the draft; else the name of the file')
    .option('--into <plan>', 'make it the next version of this plan')
    .addHelpText('after', '\nJSON keys: planId, title, client, version, errors, warnings\n')
  act<Options, [string]>(take, async (run, { name, into }, file) => {
    const text = new TextDecoder().decode(await readContent(resolve(run.terminal.cwd, file)))
    const detail = await run.withApi('write', async (api) => {
      const { plan, problems } = await api.plan.fromYaml({ text })
      if (plan === null) {
        const lines = problems.map(({ line, column, says, hint }) => `${line}:${column} ${says} ${hint}`)
        await run.terminal.err(`${lines.map((line) => shown(line)).join('\n')}\n`)
        throw new Failed(`${shown(file)} cannot be read as a plan.`, 'Correct what is wrong, and try again.')
      }
      if (into !== undefined) {
        const { row } = await namedPlan(api, run, into)
        return api.plan.save({ planId: row.planId, version: row.version, plan })
      }
      const title = name ?? basename(file).replace(/\.ya?ml$/iu, '')
      return api.plan.create({ client: readClient(run), title, from: { kind: 'plan', plan } })
    })
    await printMade(run, into === undefined ? 'Imported' : 'Saved', detail)
    return EXIT.done
  })
}

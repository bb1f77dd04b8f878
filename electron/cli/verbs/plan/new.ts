import { Option } from 'commander'

import type { Inputs } from '../../../../shared/contract/contract.ts'
import { type PlanTemplate, PLAN_TEMPLATES } from '../../../../shared/domain/plans/templates.ts'
import type { Command } from '../../kit/command.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act } from '../../kit/run.ts'
import { getAnswers, QUESTIONS } from './answers.ts'
import { printMade } from './made.ts'
import { readClient } from './named.ts'

interface Options {
  readonly template?: PlanTemplate | 'adopt'
  readonly guided?: boolean
  readonly answers?: string
  readonly connection?: number
  readonly name?: string
}

type From = Inputs['plan']['create']['from']

export function defineNew(command: Command, act: Act): void {
  const made = command
    .command('new')
    .description('Make a plan for a client (--client) from a template, from what it has today, or from answers.')
    .about({ calls: 'plan.create', example: '--template exercise --client acme' })
    .addOption(
      new Option('--template <template>', 'what to begin with; adopt: what the client has today').choices([
        ...PLAN_TEMPLATES,
        'adopt',
      ]),
    )
    .option('--guided', 'by the rules of the decision tables; without --answers, print the questions to fill in')
    .option('--answers <file>', 'with --guided: the answers, as YAML')
    .option('--connection <id>', 'with adopt: only what this connection has', wholeNumber)
    .option('--name <title>', 'the title of the plan')
    .addHelpText('after', '\nJSON keys: planId, title, client, version, errors, warnings\n')
  act<Options, []>(made, async (run, options) => {
    const { template, guided, answers, connection, name } = options
    if ((template === undefined) === (guided === undefined)) {
      throw new Misuse('A plan begins with a template or with answers.', 'Give either --template or --guided.')
    }
    if (answers !== undefined && guided === undefined) throw new Misuse('--answers belongs to --guided.')
    if (connection !== undefined && template !== 'adopt') throw new Misuse('--connection belongs to --template adopt.')
    if (guided === true && answers === undefined) {
      await run.terminal.out(QUESTIONS)
      return EXIT.done
    }
    const client = readClient(run)
    const from: From =
      answers === undefined
        ? fromTemplate(template ?? 'empty', connection)
        : { kind: 'guided', answers: await getAnswers(run, answers) }
    const detail = await run.withApi('write', (api) =>
      api.plan.create({ client, from, ...(name === undefined ? {} : { title: name }) }),
    )
    await printMade(run, 'Made', detail)
    return EXIT.done
  })
}

function fromTemplate(template: PlanTemplate | 'adopt', connection: number | undefined): From {
  if (template !== 'adopt') return { kind: 'template', template }
  return { kind: 'adopt', ...(connection === undefined ? {} : { connection }) }
}

import { Option } from 'commander'

import type { Command } from '../../kit/command.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { printLines, printObject } from '../../kit/listing.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { namedPlan, PLAN_NAME } from './named.ts'

interface AnswerOptions {
  readonly part: 'project' | 'key'
  readonly planned: string
  readonly subject: number
  readonly same?: true
  readonly different?: true
}

/** `plan bind` and `plan answer`: the questions that `plan check` asks. */
export function defineMatching(command: Command, act: Act): void {
  const bind = command
    .command('bind')
    .description('Set which connection an organization of a plan is.')
    .about({ calls: 'planApply.bindOrganization', example: 'Exercise "Acme Corp" --connection 1' })
    .argument('<name>', PLAN_NAME)
    .argument('<organization>', 'its name in the plan')
    .option('--connection <id>', 'the connection, as castellan connection list shows it', wholeNumber)
    .option('--none', 'no connection is set any more')
    .addHelpText('after', '\nJSON keys: planId, organization, connectionId')
  act<{ readonly connection?: number; readonly none?: true }, [string, string]>(
    bind,
    async (run, { connection, none }, name, organization) => {
      if ((connection === undefined) === (none === undefined)) {
        throw new Misuse('It is not clear which connection is meant.', 'Give --connection ID or --none.')
      }
      const connectionId = connection ?? null
      const planId = await run.withApi('write', async (api) => {
        const { ref } = await namedPlan(api, run, name)
        await api.planApply.bindOrganization({ planId: ref.planId, organization, connectionId })
        return ref.planId
      })
      if (run.json) await printObject(run.terminal, { planId, organization, connectionId })
      else {
        const what = connectionId === null ? 'no connection' : `connection ${connectionId}`
        await printLines(run.terminal, [`${shown(organization)} of plan ${planId} is ${what}.`])
      }
      return EXIT.done
    },
  )

  const answer = command
    .command('answer')
    .description('Answer a question of plan check: whether what is there under another name is what was planned.')
    .about({ calls: 'planApply.answerRename', example: '1 --part key --planned web --subject 12 --same' })
    .argument('<name>', PLAN_NAME)
    .addOption(new Option('--part <part>', 'what was renamed').choices(['project', 'key']).makeOptionMandatory())
    .requiredOption('--planned <name>', 'its name in the plan')
    .requiredOption(
      '--subject <number>',
      'what is there: projectId of castellan project list, or keyId of keys',
      wholeNumber,
    )
    .option('--same', 'it is the planned one')
    .option('--different', 'it is another one')
    .addHelpText('after', '\nJSON keys: planId, part, planned, subjectId, same')
  act<AnswerOptions, [string]>(answer, async (run, { part, planned, subject: subjectId, ...given }, name) => {
    if ((given.same === undefined) === (given.different === undefined)) {
      throw new Misuse('The answer is missing.', 'Give --same or --different.')
    }
    const same = given.same === true
    const planId = await run.withApi('write', async (api) => {
      const { ref } = await namedPlan(api, run, name)
      await api.planApply.answerRename({ planId: ref.planId, part, planned, subjectId, same })
      return ref.planId
    })
    if (run.json) await printObject(run.terminal, { planId, part, planned, subjectId, same })
    else {
      const word = same ? 'is' : 'is not'
      await printLines(run.terminal, [`The ${part} ${subjectId} ${word} ${shown(planned)} of plan ${planId}.`])
    }
    return EXIT.done
  })
}

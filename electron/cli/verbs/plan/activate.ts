import type { Command } from '../../kit/command.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { printEither } from '../../kit/listing.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act, Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { namedPlan, PLAN_NAME } from './named.ts'

/** Defines the commands that activate a plan, and that keep it in the lists. */
export function defineStatus(command: Command, act: Act): void {
  const activate = command
    .command('activate')
    .about({ calls: 'plan.setActivated', example: ['Exercise', 'Exercise --off'] })
    .argument('<name>', PLAN_NAME)
    .description('Activate a plan: drift is computed from it, and from no other plan of its client.')
    .option('--off', 'deactivate it')
  act<{ readonly off?: boolean }, [string]>(activate, async (run, { off }, name) => {
    const row = await run.withApi('write', async (api) => {
      const { planId } = (await namedPlan(api, run, name)).ref
      return api.plan.setActivated({ planId, active: off !== true })
    })
    await say(run, row, off === true ? 'is not active now.' : 'is active.')
    return EXIT.done
  })

  const remove = command
    .command('remove')
    .about({ calls: 'plan.remove', example: 'Exercise' })
    .asks('removes the plan from every list, until plan bring-back')
    .argument('<name>', PLAN_NAME)
    .description('Remove a plan from the lists; it stays in the register, with all its versions.')
  act<object, [string]>(remove, async (run, _options, name) => {
    const row = await run.withApi('write', async (api) => {
      const named = await namedPlan(api, run, name)
      await api.plan.remove({ planId: named.ref.planId })
      return named.row
    })
    await say(run, row, `was removed. Undo it: castellan plan bring-back ${row.planId}`)
    return EXIT.done
  })

  const bringBack = command
    .command('bring-back')
    .about({ calls: 'plan.bringBack', example: '2' })
    .argument('<number>', 'the number of a plan that was removed', wholeNumber)
    .description('Restore a removed plan, with all its versions.')
  act<object, [number]>(bringBack, async (run, _options, planId) => {
    await say(run, await run.withApi('write', (api) => api.plan.bringBack({ planId })), 'was restored.')
  })
}

async function say(run: Run, row: { readonly planId: number; readonly title: string }, what: string): Promise<void> {
  await printEither(run, { planId: row.planId, title: row.title }, [`Plan ${row.planId}, ${shown(row.title)}, ${what}`])
}

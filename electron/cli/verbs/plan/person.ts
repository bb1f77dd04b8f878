import type { DriftDifference } from '../../../../shared/contract/plan-apply.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { type Field, once } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { type Act, type Run, readScope } from '../../kit/run.ts'
import { namedPlan, PLAN_NAME } from './named.ts'
import { getPlace, plannedAndThere } from './drift-rows.ts'

interface Change extends DriftDifference {
  readonly change: 'gains' | 'loses'
}

const FIELDS: readonly Field<Change>[] = [
  { key: 'change', json: (row) => row.change, column: { title: 'Change' } },
  { key: 'place', json: getPlace, column: { title: 'Where', flexible: true } },
  { key: 'says', json: (row) => row.says, column: { title: 'What', sentence: true } },
  { key: 'detail', json: plannedAndThere, column: { title: 'Planned and actual', sentence: true } },
]

interface Options {
  readonly job: string
  readonly name?: string
  readonly plan?: string
  readonly add?: true
}

export function definePerson(command: Command, act: Act): void {
  const person = command
    .command('person')
    .about({ calls: 'planApply.person', example: 'ann@acme.example --job "Backend Developer"' })
    .argument('<email>', 'the address of the person')
    .description('Show what a person gains and loses with a job of the plan, on joining or on moving to another team.')
    .requiredOption('--job <job>', 'a job of the plan, such as "Backend Developer"')
    .option('--name <name>', 'the name of a new person')
    .option('--plan <name>', `${PLAN_NAME}; the active one unless given`)
    .option('--add', 'save it in the plan and add it to the remediation list; nothing is sent')
    .addHelpText('after', '\nFor people who leave, see castellan leaver list.\n')
  asList(person, FIELDS)
  act<Options, [string]>(person, async (run, { job, name, plan, add }, email) => {
    const rows = await run.withApi(add ? 'write' : 'read', async (api): Promise<Change[]> => {
      const title = plan ?? findActivePlan(run, await api.plan.list(readScope(run)))
      const { row, ref } = await namedPlan(api, run, title)
      const known = (await api.plan.get(ref)).plan.people.find((one) => one.email.toLowerCase() === email.toLowerCase())
      const wanted = { ...ref, person: { email, job, name: name ?? known?.name ?? '' } }
      const { gains, losses, steps, plan: after } = await api.planApply.person(wanted)
      if (add) {
        // The list first: it is computed from the plan as it was when this was shown.
        await api.planApply.addToList({ ...wanted, keys: steps.map(({ key }) => key) })
        await api.plan.save({ planId: row.planId, version: row.version, plan: after })
      }
      return [
        ...gains.map((one) => ({ ...one, change: 'gains' as const })),
        ...losses.map((one) => ({ ...one, change: 'loses' as const })),
      ]
    })
    await printListing(run, { fields: FIELDS, empty: 'Nothing changes: they have what the job gives.' }, once(rows))
    return EXIT.done
  })
}

function findActivePlan(run: Run, rows: readonly { readonly planId: number; readonly active: boolean }[]): string {
  const [only, ...others] = rows.filter(({ active }) => active)
  if (only !== undefined && others.length === 0) return String(only.planId)
  throw new Misuse(
    only === undefined ? 'No plan is active.' : 'Several clients have an active plan.',
    run.client === undefined ? 'Name the client (--client SLUG), or the plan (--plan NAME).' : 'Name it: --plan NAME',
  )
}

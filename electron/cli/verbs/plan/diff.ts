import type { PlanDifference } from '../../../../shared/domain/plans/difference.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { type Field, once } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { EXIT } from '../../kit/exit-code.ts'
import type { Act } from '../../kit/run.ts'
import { namedPlan, PLAN_NAME } from './named.ts'

const FIELDS: readonly Field<PlanDifference>[] = [
  { key: 'kind', json: (row) => row.kind, column: { title: 'Change' } },
  { key: 'part', json: (row) => row.part, column: { title: 'Part' } },
  { key: 'name', json: (row) => row.name, column: { title: 'Name', flexible: true } },
  { key: 'field', json: (row) => row.field, column: { title: 'Field' } },
  { key: 'before', json: (row) => row.before, column: { title: 'Before', flexible: true } },
  { key: 'after', json: (row) => row.after, column: { title: 'After', flexible: true } },
]

export function defineDiff(command: Command, act: Act): void {
  const diff = command
    .command('diff')
    .about({ calls: 'plan.diff', example: 'Exercise@1 Exercise' })
    .argument('<a>', PLAN_NAME)
    .argument('<b>', 'the other, of any client in scope')
    .description('Compare two plans: what B changes against A, matched by name, then by content.')
    .option('--fail', 'exit with 4 if they differ')
  asList(diff, FIELDS)
  act<{ readonly fail?: boolean }, [string, string]>(diff, async (run, { fail }, a, b) => {
    const differences = await run.withApi('read', async (api) =>
      api.plan.diff({ a: (await namedPlan(api, run, a)).ref, b: (await namedPlan(api, run, b)).ref }),
    )
    await printListing(run, { fields: FIELDS, empty: 'They are the same.' }, once(differences))
    return fail === true && differences.length > 0 ? EXIT.found : EXIT.done
  })
}

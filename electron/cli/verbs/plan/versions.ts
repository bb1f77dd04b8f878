import type { PlanVersion } from '../../../../shared/contract/plans.ts'
import { describeVersion } from '../../../../shared/domain/plans/version-words.ts'
import { count, minute, plain, text } from '../../../../shared/nouns/noun.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { once, printEither } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { makeFields } from '../../kit/noun.ts'
import type { Act } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { namedPlan, PLAN_NAME } from './named.ts'

const FIELDS = makeFields<PlanVersion>(
  {
    version: count('Version', { table: {} }),
    at: minute('Saved', { table: {} }),
    by: text('By', { table: { flexible: true } }),
    says: text('What', { table: { sentence: true } }),
    ...plain('parent', 'draft'),
  },
  { says: (row) => describeVersion(row) },
)

/** `plan rename`, `plan version list` and `plan restore`. */
export function defineVersions(command: Command, act: Act): void {
  const rename = command
    .command('rename')
    .description('Change the title of a plan.')
    .about({ calls: 'plan.rename', example: 'Exercise "Target 2027"' })
    .argument('<name>', PLAN_NAME)
    .argument('<title>', 'the new title')
    .addHelpText('after', '\nJSON keys: planId, title')
  act<object, [string, string]>(rename, async (run, _options, name, title) => {
    const row = await run.withApi('write', async (api) => {
      const { planId } = (await namedPlan(api, run, name)).ref
      return api.plan.rename({ planId, title })
    })
    await printEither(run, { planId: row.planId, title: row.title }, [
      `Plan ${row.planId} is now called ${shown(row.title)}.`,
    ])
    return EXIT.done
  })

  const versions = command
    .command('version')
    .summary('versions of a plan')
    .command('list')
    .description(
      'List the versions of a plan, newest first. A draft is beside the newest one: compare the two with plan diff NAME@4 NAME@5.',
    )
    .about({ calls: 'plan.versions', example: 'Exercise' })
    .argument('<name>', PLAN_NAME)
  asList(versions, FIELDS)
  act<object, [string]>(versions, async (run, _options, name) => {
    const rows = await run.withApi('read', async (api) => {
      const { planId } = (await namedPlan(api, run, name)).ref
      return api.plan.versions({ planId })
    })
    await printListing(run, { fields: FIELDS, empty: 'No versions.' }, once(rows))
    return EXIT.done
  })

  const restore = command
    .command('restore')
    .description('Save an earlier version of a plan as its newest. No version is lost.')
    .about({ calls: 'plan.restore', example: 'Exercise@2' })
    .argument('<name>', 'the plan and the version, as NAME@2')
    .addHelpText('after', '\nJSON keys: planId, title, version')
  act<object, [string]>(restore, async (run, _options, name) => {
    const { row } = await run.withApi('write', async (api) => {
      const { planId, version } = (await namedPlan(api, run, name)).ref
      if (version === undefined) throw new Misuse(`${shown(name)} names no version.`, `Write it as ${shown(name)}@1.`)
      return api.plan.restore({ planId, version })
    })
    const { planId, title, version } = row
    await printEither(run, { planId, title, version }, [`Plan ${planId}, ${shown(title)}, is at version ${version}.`])
    return EXIT.done
  })
}

import { budgetFields } from './budget/fields.ts'
import { judge } from './budget/judge.ts'
import { defineSet } from './budget/set.ts'
import { asList } from '../kit/layout.ts'
import { once } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT } from '../kit/exit-code.ts'
import { wholeNumber } from '../kit/options.ts'
import { readScope, type DefineVerb } from '../kit/run.ts'
import { UNREAD_HELP } from './usage/read.ts'
import { makePainter } from '../kit/text/paint.ts'

interface Options {
  readonly failOn?: number
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List spend limits with what is spent: budgets agreed here, and limits held by a provider.')
    .about({ calls: ['budgets.list', 'budgets.readings'], example: ['--client acme', '--fail-on 80'] })
    .option('--fail-on <percent>', 'exit with 4 if this share of a monthly budget, or more, is spent', wholeNumber)
  asList(list, budgetFields(makePainter(false)))
  list.addHelpText('after', UNREAD_HELP)
  act<Options, []>(list, (run, { failOn }) =>
    run.withApi('read', async (api) => {
      const rows = await api.budgets.list(readScope(run))
      const fields = budgetFields(makePainter(run.terminal.colour && !run.json))
      await printListing(
        run,
        { fields, empty: 'No budgets. Set one: castellan budget set 500 --client SLUG' },
        once(rows),
      )
      if (failOn === undefined) return EXIT.done
      // Usage that was read is a lower bound of the spend: past the threshold, it does not matter how far it was read.
      const agreed = rows.filter(({ tier }) => !tier)
      const open = agreed.filter(({ percent }) => percent === null || percent < failOn)
      if (open.length < agreed.length) return EXIT.found
      return judge(
        run,
        '--fail-on',
        open.map((row) => ({ ...row, of: row.project?.name ?? row.connection?.label ?? row.client.name })),
      )
    }),
  )
  defineSet(command, act)
}

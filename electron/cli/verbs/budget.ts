import { budgetFields } from '../budget-fields.ts'
import { describeKeys } from '../describe-keys.ts'
import { EXIT } from '../exit-code.ts'
import { once, printListing } from '../listing.ts'
import { wholeNumber } from '../options.ts'
import { scopeOf, type DefineVerb } from '../run.ts'

interface Options {
  readonly failOn?: number
}

export const define: DefineVerb = (command, act) => {
  command.option('--fail-on <percent>', 'exit with 4 if so much of a month is spent, or more', wholeNumber)
  describeKeys(command, budgetFields(false))
  act<Options, []>(command, (run, { failOn }) =>
    run.withApi('read', async (api) => {
      const rows = await api.budgets.list(scopeOf(run))
      const fields = budgetFields(run.terminal.colour && !run.json)
      await printListing(
        run,
        { fields, empty: 'No budgets. Set one: castellan limit set 500 --client SLUG' },
        once(rows),
      )
      return failOn !== undefined && rows.some(({ percent }) => percent >= failOn) ? EXIT.found : EXIT.done
    }),
  )
}

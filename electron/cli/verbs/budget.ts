import { microUsdOf } from '../../../shared/domain/usage/money.ts'
import { budgetFields, SUDDEN_FIELDS } from '../budget-fields.ts'
import { describeKeys } from '../describe-keys.ts'
import { EXIT } from '../exit-code.ts'
import { Misuse } from '../failure.ts'
import { once, printListing } from '../listing.ts'
import { days, wholeNumber } from '../options.ts'
import { scopeOf, type DefineVerb } from '../run.ts'
import { shown } from '../text/shown.ts'

interface Options {
  readonly failOn?: number
}

interface SuddenOptions {
  readonly days?: number
  readonly minimum?: string
  readonly failOnAny?: boolean
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
      return failOn !== undefined && rows.some(({ percent, tier }) => !tier && percent >= failOn)
        ? EXIT.found
        : EXIT.done
    }),
  )
  const sudden = command
    .command('sudden')
    .summary('keys and projects that use much more than usual, or nothing any more, with the days before')
    .option('--days <days>', 'in the last days (else 28)', days)
    .option('--minimum <dollars>', 'what a day has to differ by (else 5)')
    .option('--fail-on-any', 'exit with 4 if there is any')
  describeKeys(sudden, SUDDEN_FIELDS)
  act<SuddenOptions, []>(sudden, (run, options) =>
    run.withApi('read', async (api) => {
      const { rows, count } = await api.budgets.sudden({
        ...scopeOf(run),
        ...(options.days === undefined ? {} : { days: daysOf(options.days) }),
        ...(options.minimum === undefined ? {} : { minimum: minimumOf(options.minimum) }),
        limit: 500,
      })
      await printListing(run, { fields: SUDDEN_FIELDS, empty: 'Nothing changed suddenly.' }, once(rows))
      return options.failOnAny === true && count > 0 ? EXIT.found : EXIT.done
    }),
  )
}

const MOST_DAYS = 90

function daysOf(count: number): number {
  if (count >= 1 && count <= MOST_DAYS) return count
  throw new Misuse(`--days ${count} is out of reach.`, `Write 1 to ${MOST_DAYS}.`)
}

function minimumOf(text: string): number {
  const amount = microUsdOf(text)
  if (amount !== null && amount > 0) return amount
  throw new Misuse(`--minimum ${shown(text)} is no amount in dollars.`, 'Write it as 5 or 0.50.')
}

import type { UsageReadingRow } from '../../../shared/contract/budgets.ts'
import { toMicroUsd } from '../../../shared/domain/text/money.ts'
import { SUDDEN_FIELDS } from './budget/fields.ts'
import { judge, type BudgetState } from './budget/judge.ts'
import { asList } from '../kit/layout.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { once } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { days } from '../kit/options.ts'
import { readScope, type DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { UNREAD_HELP } from './usage/read.ts'

interface Options {
  readonly days?: number
  readonly minimum?: string
  readonly failOnAny?: boolean
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list keys and projects with much more use than expected, or none any more, and the days before')
    .about({ calls: 'budgets.anomalies', example: '--fail-on-any' })
    .option('--days <days>', 'in the last days (else 28)', days)
    .option('--minimum <dollars>', 'the least deviation of a day (else 5)')
    .option('--fail-on-any', 'exit with 4 if there is any')
  asList(list, SUDDEN_FIELDS)
  list.addHelpText('after', UNREAD_HELP)
  act<Options, []>(list, (run, options) =>
    run.withApi('read', async (api) => {
      const { rows, count } = await api.budgets.anomalies({
        ...readScope(run),
        ...(options.days === undefined ? {} : { days: computeDays(options.days) }),
        ...(options.minimum === undefined ? {} : { minimum: parseMinimum(options.minimum) }),
        limit: 500,
      })
      await printListing(run, { fields: SUDDEN_FIELDS, empty: 'No anomalies.' }, once(rows))
      if (options.failOnAny !== true) return EXIT.done
      if (count > 0) return EXIT.found
      const readings = await api.budgets.readings(readScope(run))
      return judge(run, '--fail-on-any', readings.map(ofReading))
    }),
  )
}

function ofReading(row: UsageReadingRow): BudgetState {
  return { ...row, of: row.unread.length === 0 ? row.client.name : `${row.client.name} (${row.unread.join(', ')})` }
}

const MOST_DAYS = 90

function computeDays(count: number): number {
  if (count >= 1 && count <= MOST_DAYS) return count
  throw new Misuse(`--days ${count} is out of reach.`, `Write 1 to ${MOST_DAYS}.`)
}

function parseMinimum(text: string): number {
  const amount = toMicroUsd(text)
  if (amount !== null && amount > 0) return amount
  throw new Misuse(`--minimum ${shown(text)} is not an amount in dollars.`, 'Write it as 5 or 0.50.')
}

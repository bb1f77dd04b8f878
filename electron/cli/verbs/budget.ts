import type { BudgetRow, UsageReadingRow } from '../../../shared/contract/budgets.ts'
import { toMicroUsd } from '../../../shared/domain/text/money.ts'
import { budgetFields, SUDDEN_FIELDS } from './budget/fields.ts'
import { describeKeys, once, printListing } from '../kit/listing.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { days, wholeNumber } from '../kit/options.ts'
import { readScope, type DefineVerb, type Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { sayUnread, UNREAD_HELP } from './usage/read.ts'
import { makePainter } from '../kit/text/paint.ts'

interface Options {
  readonly failOn?: number
}

interface AnomalyOptions {
  readonly days?: number
  readonly minimum?: string
  readonly failOnAny?: boolean
}

export const define: DefineVerb = (command, act) => {
  command.option('--fail-on <percent>', 'exit with 4 if this share of a monthly budget, or more, is spent', wholeNumber)
  describeKeys(command, budgetFields(makePainter(false)))
  command.addHelpText('after', UNREAD_HELP)
  act<Options, []>(command, (run, { failOn }) =>
    run.withApi('read', async (api) => {
      const rows = await api.budgets.list(readScope(run))
      const fields = budgetFields(makePainter(run.terminal.colour && !run.json))
      await printListing(
        run,
        { fields, empty: 'No budgets. Set one: castellan limit set 500 --client SLUG' },
        once(rows),
      )
      if (failOn === undefined) return EXIT.done
      // Usage that was read is a lower bound of the spend: past the threshold, it does not matter how far it was read.
      const agreed = rows.filter(({ tier }) => !tier)
      const open = agreed.filter(({ percent }) => percent === null || percent < failOn)
      if (open.length < agreed.length) return EXIT.found
      return judged(
        run,
        '--fail-on',
        open.map((row) => ({ ...row, of: row.project?.name ?? row.connection?.label ?? row.client.name })),
      )
    }),
  )
  const anomalies = command
    .command('anomalies')
    .summary('keys and projects with much more use than expected, or none any more, and the days before')
    .option('--days <days>', 'in the last days (else 28)', days)
    .option('--minimum <dollars>', 'the least deviation of a day (else 5)')
    .option('--fail-on-any', 'exit with 4 if there is any')
  describeKeys(anomalies, SUDDEN_FIELDS)
  anomalies.addHelpText('after', UNREAD_HELP)
  act<AnomalyOptions, []>(anomalies, (run, options) =>
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
      return judged(run, '--fail-on-any', readings.map(ofReading))
    }),
  )
}

type Judged = Pick<BudgetRow, 'client' | 'readThrough' | 'behind'> & { readonly of: string }

function ofReading(row: UsageReadingRow): Judged {
  return { ...row, of: row.unread.length === 0 ? row.client.name : `${row.client.name} (${row.unread.join(', ')})` }
}

/** Finding nothing is an answer only where all usage was read up to yesterday. */
async function judged(run: Run, option: string, rows: readonly Judged[]): Promise<ExitCode> {
  const unread = rows.filter(({ behind }) => behind).map((row) => ({ ...row, client: row.client.slug }))
  if (unread.length === 0) return EXIT.done
  await sayUnread(run, option, { until: 'up to yesterday', unread })
  return EXIT.partial
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

import { Option } from 'commander'

import type { AgreedBudget, BudgetRow } from '../../../../shared/contract/budgets.ts'
import { ENFORCEMENTS, type Enforcement } from '../../../../shared/domain/facts.ts'
import { parseBudgetMicros, dollarText, toMicroUsd } from '../../../../shared/domain/text/money.ts'
import { budgetFields } from './fields.ts'
import { checkFound } from '../../kit/confirm.ts'
import { once, printLines, printEither } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { wholeNumber } from '../../kit/options.ts'
import { readScope, type DefineVerb, type Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { makePainter } from '../../kit/text/paint.ts'

interface SetOptions {
  readonly connection?: number
  readonly project?: number
  readonly kind?: Enforcement
  readonly thresholds?: string
}

/** `budget set` and `budget clear`. */
export const defineSet: DefineVerb = (command, act) => {
  const set = command
    .command('set')
    .about({ calls: 'budgets.set', example: '500 --client acme --project 3 --kind hard' })
    .argument('<dollars>', 'for a month, such as 500 or 99.50')
    .summary('set the monthly budget of a client, a connection or a project')
    .option('--connection <id>', 'of one connection', wholeNumber)
    .option('--project <id>', 'of one project', wholeNumber)
    .addOption(
      new Option(
        '--kind <kind>',
        'a hard limit, or one that only alerts (default for a new budget: alert; else unchanged)',
      ).choices(ENFORCEMENTS),
    )
    .option(
      '--thresholds <percents>',
      'alert thresholds in per cent, such as 50,80,95,100 (default for a new budget; else unchanged)',
    )
  act<SetOptions, [string]>(set, async (run, { connection, project, kind, thresholds }, dollars) => {
    const { client } = run
    if (client === undefined) throw new Misuse('A budget belongs to a client.', 'Name it: --client SLUG')
    const amount = parseAmount(dollars)
    const { before, ...row } = await run.withApi('write', (api) =>
      api.budgets.set({
        client,
        amount,
        ...(connection === undefined ? {} : { connection }),
        ...(project === undefined ? {} : { project }),
        ...(kind === undefined ? {} : { enforcement: kind }),
        ...(thresholds === undefined ? {} : { thresholds: parsePercents(thresholds) }),
      }),
    )
    await printBudgets(run, [row])
    if (run.layout.format === 'table') await printLines(run.terminal, [changeLine(row, before)])
  })
  const clear = command
    .command('clear')
    .about({ calls: 'budgets.clear', example: '4' })
    .asks('deletes the budget, so that its thresholds are checked no more', async (api, [id]) =>
      checkFound(
        (await api.budgets.list({})).some((row) => row.budgetId === id),
        'Budget',
        id,
      ),
    )
    .argument('<budget>', 'its number', wholeNumber)
    .summary('take a budget back')
  act<object, [number]>(clear, async (run, _options, budgetId) => {
    const cleared = await run.withApi('write', async (api) => {
      const row = (await api.budgets.list(readScope(run))).find((each) => each.budgetId === budgetId)
      await api.budgets.clear({ budgetId })
      return row
    })
    await printEither(run, { budgetId, cleared: true }, [clearedText(budgetId, cleared)])
    return EXIT.done
  })
}

/** Throws `Misuse` for an invalid amount, and for one finer than a cent. */
function parseAmount(dollars: string): number {
  const amount = parseBudgetMicros(dollars)
  if (amount !== null && amount > 0) return amount
  // An exponent, such as in 1e3, is not how people write an amount.
  const isFiner = /^\d*\.\d+$/u.test(dollars.trim()) && (toMicroUsd(dollars) ?? 0) > 0
  throw new Misuse(
    `${shown(dollars)} is ${isFiner ? 'finer than a cent' : 'not an amount in dollars'}.`,
    'Write dollars and cents, such as 500 or 99.50.',
  )
}

/** The change of a budget: `500.00 → 600.00 USD; hard; thresholds 50, 80 → 80`. */
function changeLine(row: BudgetRow, before: AgreedBudget | null): string {
  const parts = ({ amount, enforcement, thresholds }: AgreedBudget): readonly string[] => [
    `${dollarText(amount)} USD`,
    enforcement,
    `thresholds ${thresholds.join(', ')}`,
  ]
  const now = parts(row)
  if (before === null) return `New: ${now.join('; ')}.`
  const changed = parts(before).map((was, n) => (was === now[n] ? `${was} (unchanged)` : `${was} → ${now[n] ?? ''}`))
  return `Changed: ${changed.join('; ')}.`
}

function clearedText(budgetId: number, row: BudgetRow | undefined): string {
  if (row === undefined) return `Cleared budget ${budgetId}.`
  const place = [row.client.name, row.connection?.label, row.project?.name].filter((name) => name !== undefined)
  return `Cleared budget ${budgetId} of ${shown(place.join(' / '))}: ${dollarText(row.amount)} USD a month.`
}

async function printBudgets(run: Run, rows: readonly BudgetRow[]): Promise<void> {
  const fields = budgetFields(makePainter(run.terminal.colour && !run.json))
  await printListing(run, { fields, empty: 'No budgets.' }, once(rows))
}

function parsePercents(text: string): number[] {
  const percents = text.split(',').map((part) => Number(part.trim()))
  if (percents.every((percent) => Number.isInteger(percent) && percent > 0)) return percents
  throw new Misuse(`--thresholds ${shown(text)} are not percentages.`, 'Write whole numbers, such as 50,80,95,100.')
}

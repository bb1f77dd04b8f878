import type { PricePinRow } from '../../../../shared/contract/prices.ts'
import { dollarText, toMicroUsd } from '../../../../shared/domain/text/money.ts'
import type { Command } from '../../kit/command.ts'
import { checkFound } from '../../kit/confirm.ts'
import { type AskedDay, dayOption } from '../../kit/day-option.ts'
import { once, printLines, type Field } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { Misuse } from '../../kit/failure.ts'
import { wholeNumber } from '../../kit/options.ts'
import { type Act, readScope } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { defineListVerb } from '../../kit/list-verb.ts'

const RATES = ['input', 'cached', 'cacheWrite', 'output'] as const
type Rate = (typeof RATES)[number]

const TITLES: Readonly<Record<Rate, string>> = {
  input: 'Input',
  cached: 'Cached',
  cacheWrite: 'Cache write',
  output: 'Output',
}

const FIELDS: readonly Field<PricePinRow>[] = [
  { key: 'priceId', json: (row) => row.priceId, column: { title: 'ID', align: 'right' } },
  {
    key: 'client',
    json: (row) => row.client?.slug ?? null,
    column: { title: 'Client', flexible: true },
    cell: (row) => row.client?.slug ?? '(all)',
  },
  { key: 'model', json: (row) => row.model, column: { title: 'Model', flexible: true } },
  { key: 'from', json: (row) => row.from, column: { title: 'From' } },
  ...RATES.map((rate): Field<PricePinRow> => ({
    key: `${rate}Micros`,
    json: (row) => row[rate],
    column: { title: TITLES[rate], align: 'right' },
    cell: (row) => dollarText(row[rate]),
  })),
  { key: 'setBy', json: (row) => row.setBy },
]

interface SetOptions {
  readonly from: AskedDay
  readonly input: string
  readonly output: string
  readonly cached?: string
  readonly cacheWrite?: string
}

/** `usage price list|set|clear`: prices for a million tokens that replace the bundled table. */
export function definePrices(usage: Command, act: Act): void {
  const prices = usage.command('price').summary('pin token prices from a day on; estimates follow')
  const list = prices.command('list').summary('list the prices that were pinned').about({ calls: 'prices.list' })
  defineListVerb(list, act, {
    fields: FIELDS,
    empty: 'No prices are pinned: the bundled table is used.',
    read: (api, asked) => api.prices.list(asked),
  })
  const set = prices
    .command('set')
    .about({ calls: 'prices.set', example: 'gpt-5 --from today --input 1.25 --output 10' })
    .argument('<model>', 'such as gpt-5.4; its dated versions are included')
    .summary('pin what a million tokens of a model cost, for --client or for all')
    .addOption(dayOption('--from', 'from this day on', 'back').makeOptionMandatory())
    .requiredOption('--input <dollars>', 'for a million tokens of input')
    .requiredOption('--output <dollars>', 'for a million tokens of output')
    .option('--cached <dollars>', 'of the input, for those read from a cache (else as the input)')
    .option('--cache-write <dollars>', 'of the input, for those written to a cache (else as the input)')
  act<SetOptions, [string]>(set, async (run, { from, input, output, cached, cacheWrite }, model) => {
    const rates = {
      input: parseRate('--input', input),
      output: parseRate('--output', output),
      ...(cached === undefined ? {} : { cached: parseRate('--cached', cached) }),
      ...(cacheWrite === undefined ? {} : { cacheWrite: parseRate('--cache-write', cacheWrite) }),
    }
    const { price, changed } = await run.withApi('write', (api) =>
      api.prices.set({ ...readScope(run), model, from: from(run.terminal.now()), ...rates }),
    )
    await printListing(run, { fields: FIELDS, empty: '' }, once([price]))
    if (run.layout.format === 'table') await printLines(run.terminal, [changedLine(changed)])
  })
  const clear = prices
    .command('clear')
    .about({ calls: 'prices.clear', example: '1' })
    .asks('deletes the price and estimates usage again', async (api, [id]) =>
      checkFound(
        (await api.prices.list({})).some((row) => row.priceId === id),
        'Price',
        id,
      ),
    )
    .argument('<price>', 'its number', wholeNumber)
    .summary('remove a pinned price')
  act<object, [number]>(clear, async (run, _options, priceId) => {
    const { changed } = await run.withApi('write', (api) => api.prices.clear({ priceId }))
    if (run.layout.format === 'table') await printLines(run.terminal, [`Cleared. ${changedLine(changed)}`])
  })
}

function changedLine(changed: number): string {
  return changed === 1 ? '1 reported row is estimated again.' : `${changed} reported rows are estimated again.`
}

function parseRate(option: string, text: string): number {
  const micro = toMicroUsd(text)
  if (micro === null) throw new Misuse(`${option} ${shown(text)} is not an amount in dollars.`, 'Write it as 2.50.')
  return micro
}

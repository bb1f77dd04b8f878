import { resolve } from 'node:path'

import { Option } from 'commander'

import type { Api } from '../../../shared/contract/contract.ts'
import {
  USAGE_BY,
  USAGE_SORTS,
  type UsageBy,
  type UsageImport,
  type UsageMatrix,
  type UsageRow,
  type UsageSort,
  type UsageSource,
} from '../../../shared/contract/usage.ts'
import { nounFor } from '../../../shared/domain/counted.ts'
import { monthNumber } from '../../../shared/domain/usage/rollups.ts'
import { shareText, shortCount, signedDollars } from '../../../shared/domain/text/amounts.ts'
import { type PeriodReading, WHOLE } from '../../../shared/domain/usage/read-days.ts'
import { describePeriod, describeReading } from '../../../shared/domain/usage/headline.ts'
import { dollarText, toDollars } from '../../../shared/domain/text/money.ts'
import { asList } from '../kit/layout.ts'
import { once, printLines, printObject, type Field } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { wholeNumber } from '../kit/options.ts'
import { type DefineVerb, type Run, readScope } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { defineReconciliation } from './usage/reconciliation.ts'
import { defineFolders } from './usage/folders.ts'
import { defineImports } from './usage/imports.ts'
import { definePrices } from './usage/prices.ts'
import { printSeries, SERIES_HELP } from './usage/series.ts'
import { formatCaption, emptyWords, getSource, nameReading, readFields, sourceOption } from './usage/source.ts'
import { defineCompare } from './usage/compare.ts'
import { defineSync } from './usage/sync.ts'

interface Options {
  readonly by?: UsageBy
  readonly month?: string
  readonly source?: UsageSource
  readonly top?: number
  readonly sort?: UsageSort
  readonly over?: 'day' | 'month'
}

const COUNT = new Intl.NumberFormat('en')

/** Which source a row is from, and what was read of its days. */
interface UsageOrigin {
  readonly source: UsageSource
  readonly reading: PeriodReading
}

type SourcedRow = UsageRow & UsageOrigin

const FIELDS: readonly Field<SourcedRow>[] = [
  { key: 'source', json: (row) => row.source },
  {
    key: 'name',
    json: (row) => row.name,
    column: { title: 'Name', flexible: true },
    cell: (row) => getName(row.name),
  },
  { key: 'ref', json: (row) => row.ref },
  { key: 'client', json: (row) => row.client?.slug ?? null, column: { title: 'Client', whole: true } },
  { key: 'costMicros', json: (row) => row.cost },
  {
    key: 'cost',
    json: (row) => toDollars(row.cost),
    column: { title: 'USD', align: 'right' },
    cell: (row) => dollarText(row.cost),
  },
  {
    key: 'sharePermille',
    json: (row) => row.share,
    column: { title: 'Share', align: 'right' },
    cell: ({ share, cost }) => (share === null ? '–' : shareText(share, cost > 0)),
  },
  { key: 'beforeMicros', json: (row) => row.before },
  {
    key: 'differenceMicros',
    json: (row) => row.difference,
    column: { title: 'Difference', align: 'right' },
    cell: (row) => (row.difference === null ? '–' : signedDollars(row.difference)),
  },
  counted('requests', 'Requests'),
  counted('input', 'Input'),
  counted('cached', 'Cached'),
  { key: 'cacheWrite', json: (row) => row.cacheWrite },
  counted('output', 'Output'),
  { key: 'estimateMicros', json: (row) => row.estimate },
  ...readFields(),
]

function counted(key: 'requests' | 'input' | 'cached' | 'output', title: string): Field<SourcedRow> {
  return {
    key,
    json: (row) => row[key],
    column: { title, align: 'right' },
    cell: (row) => shortCount(row[key]),
  }
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list usage and cost of a month by key, person, project or model')
    .about({
      calls: ['usage.by --by', 'usage.months', 'usage.series --over'],
      example: ['--by model --month 2026-10', '--over day --client acme'],
    })
    .addOption(new Option('--by <what>', 'group by this').choices(USAGE_BY).default('project'))
    .option('--month <month>', 'of this month, YYYY-MM (else the latest with data)')
    .addOption(sourceOption())
    .option('--top <count>', 'only the first rows', wholeNumber)
    .addOption(
      new Option('--sort <what>', 'largest first: cost, difference to the month before, …')
        .choices(USAGE_SORTS)
        .default('cost'),
    )
    .addOption(
      new Option('--over <what>', 'over time: the days of the month, or the year to it').choices(['day', 'month']),
    )
  asList(list, FIELDS)
  list.addHelpText('after', SERIES_HELP)
  act<Options, []>(list, print)
  const taking = command
    .command('import')
    .about({ calls: 'usage.import', example: 'records.jsonl --client acme' })
    .argument('<file>', 'usage records: CSV with headings, one JSON object on each line, or a JSON array of them')
    .summary('import a file of usage records of a client')
    .addHelpText(
      'after',
      '\nRecords that were counted before are not counted again.\nExit code 3 when rows were refused.' +
        '\nJSON keys: read, counted, repeated, refused, problems (line, says)\n',
    )
  defineSync(command, act)
  const matrix = command
    .command('matrix')
    .about({ calls: 'usage.matrix', example: 'key-model --client acme' })
    .argument('<of>', 'key-model or feature-key')
    .summary('usage by two dimensions: what each key spent on each model')
    .option('--month <month>', 'of this month, YYYY-MM (else the latest with data)')
    .addOption(sourceOption())
  asList(matrix, CELL_FIELDS)
  act<Pick<Options, 'month' | 'source'>, [string]>(matrix, printMatrix)
  act<object, [string]>(taking, async (run, _options, file) => take(run, file))
  defineCompare(command, act, parseMonth)
  defineReconciliation(command, act)
  definePrices(command, act)
  defineImports(taking, act)
  defineFolders(command, act)
}

async function print(
  run: Run,
  { by = 'project', month, source: asked, top, over, sort = 'cost' }: Options,
): Promise<ExitCode> {
  const source = getSource(asked, by)
  if (over !== undefined) return printSeries(run, { over, by, month: parseMonth(month), source, top })
  await run.withApi('read', async (api) => {
    const scope = { ...readScope(run), source }
    const latest = parseMonth(month) ?? (await api.usage.months(scope))[0]
    const found =
      latest === undefined
        ? null
        : await api.usage.by({
            ...scope,
            month: latest,
            by,
            sort: { by: sort, direction: directionOf(sort) },
            limit: top ?? 10_000,
          })
    const read = found === null ? '' : describeReading(found)
    const reading = found?.reading ?? WHOLE
    await printUsage(run, api, { source, month: latest, reading, read, fields: FIELDS, rows: found?.rows ?? [] })
  })
  return EXIT.done
}

/** Names from A on, everything else from the largest down. */
function directionOf(sort: UsageSort): 'asc' | 'desc' {
  return sort === 'name' ? 'asc' : 'desc'
}

interface UsageTable<Row> {
  readonly source: UsageSource
  readonly month: string | undefined
  readonly reading: PeriodReading
  /** Which days were read, where not all were. */
  readonly read: string
  readonly fields: readonly Field<Row & UsageOrigin>[]
  readonly rows: readonly Row[]
}

/** A list of usage names its source: over its table, and in each row of its JSON. */
async function printUsage<Row>(
  run: Run,
  api: Api,
  { source, month, reading, read, fields, rows }: UsageTable<Row>,
): Promise<void> {
  const isEmpty = rows.length === 0
  if (!isEmpty && run.layout.format === 'table')
    await printLines(run.terminal, [`${formatCaption(source, month ?? '')}${read === '' ? '' : `: ${shown(read)}`}`])
  const empty = isEmpty ? await emptyWords(api, run, source, month, reading.state) : ''
  // An empty list of a program looks like no usage.
  if (isEmpty && reading.state === 'none' && run.layout.format !== 'table') await run.terminal.err(`${empty}\n`)
  const named = run.layout.format === 'md' ? nameReading(fields) : fields
  await printListing(run, { fields: named, empty }, once(rows.map((row) => ({ ...row, source, reading }))))
}

async function take(run: Run, file: string): Promise<ExitCode> {
  const { client, terminal } = run
  if (client === undefined) throw new Misuse('Usage records belong to a client.', 'Name it: --client SLUG')
  const path = resolve(terminal.cwd, file)
  const result = await run.withApi('write', async (api) => {
    let last: UsageImport | null = null
    for await (const state of await api.usage.import({ client, path })) {
      last = state
      if (!state.done) await terminal.err(`${COUNT.format(state.read)} ${nounFor(state.read, 'row')} read\n`)
    }
    return last
  })
  if (result === null) throw new Misuse('The import did not finish.')
  const { done: _, ...counts } = result
  if (run.json) await printObject(terminal, counts)
  else {
    await printLines(terminal, [
      `Read ${COUNT.format(counts.read)} ${nounFor(counts.read, 'row')}: ${COUNT.format(counts.counted)} counted, ${COUNT.format(counts.repeated)} counted before, ${COUNT.format(counts.refused)} refused.`,
      ...counts.problems.map(({ line, says }) => `Line ${line}: ${shown(says)}`),
    ])
  }
  return counts.refused > 0 ? EXIT.partial : EXIT.done
}

type UsageCell = UsageMatrix['cells'][number] & UsageOrigin

const CELL_FIELDS: readonly Field<UsageCell>[] = [
  { key: 'source', json: (cell) => cell.source },
  { key: 'row', json: (cell) => cell.row, column: { title: 'Row', flexible: true }, cell: (cell) => getName(cell.row) },
  {
    key: 'column',
    json: (cell) => cell.column,
    column: { title: 'Column', flexible: true },
    cell: (cell) => getName(cell.column),
  },
  { key: 'input', json: (cell) => cell.input },
  { key: 'output', json: (cell) => cell.output },
  {
    key: 'costMicros',
    json: (cell) => cell.cost,
    column: { title: 'USD', align: 'right' },
    cell: (cell) => dollarText(cell.cost),
  },
  ...readFields(),
]

function getName(name: string | null): string {
  return name === null ? '(unattributed)' : shown(name)
}

async function printMatrix(
  run: Run,
  { month, source: asked }: Pick<Options, 'month' | 'source'>,
  of: string,
): Promise<ExitCode> {
  if (of !== 'key-model' && of !== 'feature-key') {
    throw new Misuse(`There is no matrix ${shown(of)}.`, 'There are: key-model, feature-key.')
  }
  const source = getSource(asked, ...of.split('-'))
  await run.withApi('read', async (api) => {
    const scope = { ...readScope(run), source }
    const chosen = parseMonth(month) ?? (await api.usage.months(scope))[0]
    const found = chosen === undefined ? null : await api.usage.matrix({ ...scope, month: chosen, of, limit: 10_000 })
    const read = found === null ? '' : describePeriod(found)
    const reading = found?.reading ?? WHOLE
    await printUsage(run, api, { source, month: chosen, reading, read, fields: CELL_FIELDS, rows: found?.cells ?? [] })
  })
  return EXIT.done
}

function parseMonth(text: string | undefined): string | undefined {
  if (text !== undefined && monthNumber(text) === null) {
    throw new Misuse(`--month ${shown(text)} is not a month.`, 'Write YYYY-MM, such as 2026-11.')
  }
  return text
}

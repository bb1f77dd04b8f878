import { Option } from 'commander'

import {
  COVERAGE_BY,
  type ReconciliationBy,
  type ReconciliationRow,
  type ReconciliationSums,
  type ReconciliationTotal,
  type UnmatchedProject,
} from '../../../../shared/contract/reconciliation.ts'
import { capitalize } from '../../../../shared/domain/capitalize.ts'
import { isCoveredTo } from '../../../../shared/domain/usage/reconciliation.ts'
import type { Api } from '../../../../shared/contract/contract.ts'
import { dayNumber, dayText, monthNumber } from '../../../../shared/domain/usage/rollups.ts'
import { monthSpan } from '../../../../shared/domain/usage/forecast.ts'
import { dollarText } from '../../../../shared/domain/text/money.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { once, printLines, type Field } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { wholeNumber } from '../../kit/options.ts'
import { readScope, type Act, type Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { sayUnread, UNREAD_HELP, type UnreadUsage } from './read.ts'
import { latestMonth } from './source.ts'

interface Options {
  readonly by?: ReconciliationBy
  readonly month?: string
  readonly failUnder?: number
}

const KIND: Readonly<Record<ReconciliationRow['kind'], string>> = {
  named: '',
  'not-reported': '(not reported)',
  unmatched: '(no such project)',
}

const FIELDS: readonly Field<ReconciliationRow>[] = [
  { key: 'kind', json: (row) => row.kind },
  {
    key: 'name',
    json: (row) => row.name,
    column: { title: 'Name', flexible: true },
    cell: (row) => (row.name === null ? KIND[row.kind] : shown(row.name)),
  },
  { key: 'ref', json: (row) => row.ref },
  { key: 'client', json: (row) => row.client?.slug ?? null, column: { title: 'Client', whole: true } },
  ...money('billed', 'Billed'),
  ...money('claimed', 'Claimed'),
  ...money('shared'),
  ...money('covered', 'Covered'),
  {
    key: 'coveredPercent',
    json: (row) => row.cost.percent?.covered ?? null,
    column: { title: '%', align: 'right' },
  },
  ...money('uncovered', 'Uncovered'),
  { key: 'uncoveredPercent', json: (row) => row.cost.percent?.uncovered ?? null },
  ...money('overClaimed', 'Over-claimed'),
  { key: 'overClaimedPercent', json: (row) => row.cost.percent?.overClaimed ?? null },
  { key: 'estimatedClaimMicros', json: (row) => row.estimatedClaim },
  { key: 'estimatedBillMicros', json: (row) => row.estimatedBill },
  ...counted('tokens'),
  ...counted('requests'),
]

function money(key: keyof Omit<ReconciliationSums, 'percent'>, title?: string): readonly Field<ReconciliationRow>[] {
  const json = (row: ReconciliationRow): number => row.cost[key]
  if (title === undefined) return [{ key: `${key}Micros`, json }]
  return [{ key: `${key}Micros`, json, column: { title, align: 'right' }, cell: (row) => dollarText(row.cost[key]) }]
}

/** In JSON only: dollars are what people compare. */
function counted(measure: 'tokens' | 'requests'): readonly Field<ReconciliationRow>[] {
  return (['billed', 'claimed', 'covered'] as const).map((side) => ({
    key: `${measure}${capitalize(side)}`,
    json: (row) => row[measure][side],
  }))
}

/** `usage reconciliation`: internal records compared with provider billing. */
export function defineReconciliation(usage: Command, act: Act): void {
  const command = usage
    .command('reconciliation')
    .summary('reconcile internal records with provider billing')
    .about({ calls: 'reconciliation.get', example: '--month 2026-10 --fail-under 90' })
    .addOption(new Option('--by <what>', 'group by this').choices(COVERAGE_BY).default('project'))
    .option('--month <month>', 'of this month, YYYY-MM (else the latest with data)')
    .option(
      '--fail-under <percent>',
      'exit with 4 if less than this share of the bill is covered, or nothing is billed',
      percent,
    )
  asList(command, FIELDS)
  command.addHelpText('after', UNREAD_HELP)
  act<Options, []>(command, print)
}

function percent(text: string): number {
  return text === '0' ? 0 : wholeNumber(text)
}

async function print(run: Run, { by = 'project', month, failUnder }: Options): Promise<ExitCode> {
  if (month !== undefined && monthNumber(month) === null) {
    throw new Misuse(`--month ${shown(month)} is not a month.`, 'Write YYYY-MM, such as 2026-11.')
  }
  return run.withApi('read', async (api) => {
    const chosen = month ?? (await latestMonth(api, run))
    const found = chosen === undefined ? null : await api.reconciliation.get({ ...readScope(run), month: chosen, by })
    const rows = found?.rows ?? []
    await printListing(run, { fields: FIELDS, empty: 'No usage, billed or internal.' }, once(rows))
    if (found !== null && rows.length > 0 && run.layout.format === 'table') {
      await printLines(run.terminal, [...totalLines(found.total), ...found.unmatched.map(unmatchedLine)])
    }
    if (failUnder === undefined) return EXIT.done
    const unread = await unreadIn(run, api, chosen)
    if (unread.length > 0) {
      await sayUnread(run, '--fail-under', {
        until: chosen === undefined ? 'at all' : `to the end of ${chosen} or up to yesterday`,
        unread,
      })
      return EXIT.partial
    }
    return found !== null && isCoveredTo(found.total.cost, failUnder) ? EXIT.done : EXIT.found
  })
}

/** Clients whose usage of a month was not read to its end, or up to yesterday where it is not over. */
async function unreadIn(run: Run, api: Api, month: string | undefined): Promise<readonly UnreadUsage[]> {
  const readings = await api.budgets.readings(readScope(run))
  return readings
    .filter(({ behind, readThrough }) => behind && (month === undefined || (readThrough ?? '') < getLastDay(month)))
    .map(({ client, readThrough }) => ({ of: client.name, client: client.slug, readThrough }))
}

function getLastDay(month: string): string {
  return dayText(monthSpan(dayNumber(Date.parse(`${month}-01`))).end - 1)
}

function totalLines({ cost, estimatedClaim, estimatedBill }: ReconciliationTotal): readonly string[] {
  const share = cost.percent === null ? '' : ` (${cost.percent.covered} %)`
  return [
    '',
    `Of ${dollarText(cost.billed)} USD billed, ${dollarText(cost.covered)} are covered${share} and ${dollarText(cost.uncovered)} are not; ${dollarText(cost.overClaimed)} are in internal records only.`,
    ...(cost.shared === 0
      ? []
      : [`${dollarText(cost.shared)} of the internal records names no project and is distributed by day and model.`]),
    ...(estimatedClaim === 0
      ? []
      : [`${dollarText(estimatedClaim)} of the internal records is an estimate from tokens.`]),
    ...(estimatedBill === 0 ? [] : [`${dollarText(estimatedBill)} of the bill is an estimate from tokens.`]),
  ]
}

function unmatchedLine({ client, word, because, cost }: UnmatchedProject): string {
  const why = because === 'unknown' ? 'is not a project' : 'is the name of several projects'
  return `${client.slug}: ${shown(word)} ${why}; internal records have ${dollarText(cost)} USD for it.`
}

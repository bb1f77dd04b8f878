import { getSum, type UsageMeasures } from '../domain/usage/measures.ts'
import { dayText } from '../domain/usage/rollups.ts'
import { computePercent } from '../domain/usage/threshold.ts'
import type { ReportPeriod } from '../domain/usage/report-period.ts'
import {
  change,
  count,
  getName,
  makeRows,
  usd,
  type DocumentBlock,
  type DocumentCell,
  type DocumentTable,
} from './usage-document.ts'
import { roundDays } from './usage-rounding.ts'
import type { ClientReading, OrganizationReading, ProjectReading, SpendReading } from './usage-reading.ts'

/** Names for values that were not reported. */
export const NO_PROJECT = 'no project'
export const NO_MODEL = 'no model'
export const NO_KEY = 'no key'
const NO_FEATURE = 'no feature'

/** Columns of the measures, and the cells below them. The estimate is never part of a sum of what was billed. */
export const MEASURES_HEAD = ['Requests', 'Input tokens', 'Cached', 'Output tokens', 'Estimated USD'] as const

/** Cells under `MEASURES_HEAD`. */
export function measureCells({ requests, input, cached, output, estimate }: UsageMeasures): DocumentCell[] {
  return [count(requests), count(input), count(cached), count(output), usd(estimate)]
}

/** The sum of usage rows. */
export function together(
  rows: readonly (UsageMeasures & { readonly before: number })[],
): UsageMeasures & { before: number } {
  return { ...getSum(rows), before: rows.reduce((total, { before }) => total + before, 0) }
}

/** The spend, the previous spend, and the change. */
export function spendCells(row: UsageMeasures & { readonly before: number }): DocumentCell[] {
  return [usd(row.cost), usd(row.before), change(row.cost, row.before)]
}

/** Columns of the budget that was agreed, and of the provider's limit, which may be a different amount. */
export const BUDGET_HEAD = ['Budget USD', '% of budget', 'Provider limit USD'] as const

/** Cells under `BUDGET_HEAD`: the budget and the spent share of it, and the limit; empty where there is none. */
export function budgetCells({ budget, limit }: Pick<ProjectReading, 'budget' | 'limit'>): DocumentCell[] {
  return [
    ...(budget === null
      ? [null, null]
      : [usd(budget.amount), { unit: 'share' as const, value: computePercent(budget.spent, budget.amount) }]),
    limit === null ? null : usd(limit),
  ]
}

/** The last row of a table of a client's projects: spend, budget, measures. */
export function totalCells({ organizations, budget }: ClientReading): DocumentCell[] {
  const sum = together(organizations)
  return ['All projects', ...spendCells(sum), ...budgetCells({ budget, limit: null }), ...measureCells(sum)]
}

/** The source of a client's numbers, and how far they were read. */
export function sourceWords({ source, organizations }: ClientReading, period: ReportPeriod): string {
  if (source === 'claimed') {
    return 'From the client’s internal records, not from bills of the providers.'
  }
  const read = organizations.map(({ name, readTo }) => `${getName(name, 'no name')}: ${readWords(readTo, period)}`)
  return `As billed by the providers. ${read.join('; ')}.`
}

function readWords(readTo: number | null, { from, to }: ReportPeriod): string {
  if (readTo === null) return 'no reading on record'
  if (readTo >= to) return 'complete'
  return readTo <= from ? 'not read yet' : `read to ${dayText(readTo - 1)}`
}

/** The things that spent most, with their tokens. */
export function spendTable(
  name: string,
  what: string,
  rows: readonly (readonly [string, SpendReading])[],
): DocumentTable {
  return {
    type: 'table',
    name,
    head: [what, 'USD', ...MEASURES_HEAD],
    rows: makeRows(rows, ([label, row]) => [label, usd(row.cost), ...measureCells(row)]),
    total: null,
  }
}

/** What internal records report by feature; nothing if they contain none. */
export function featureTable({ features }: ClientReading): DocumentBlock[] {
  if (!features.some(({ name }) => name !== null)) return []
  return [
    { type: 'heading', depth: 3, text: 'Features' },
    spendTable(
      'Features',
      'Feature',
      features.map((row) => [getName(row.name, NO_FEATURE), row]),
    ),
  ]
}

/** Spend of each day: a chart, and the table with the same numbers. */
export function dayBlocks({ series }: ClientReading, period: ReportPeriod, depth: 2 | 3 = 3): DocumentBlock[] {
  const none = series.by === 'project' ? NO_PROJECT : 'no organization'
  const names = series.names.map((name) => getName(name, none))
  const labels = series.days.map((_, at) => dayText(period.from + at))
  const totals = series.days.map((day) => day.reduce((sum, cost) => sum + cost, 0))
  const most = Math.max(0, ...totals)
  const total = totals.reduce((sum, cost) => sum + cost, 0)
  if (total === 0) return []
  const by = series.by === 'project' ? 'project' : 'organization'
  const shown = roundDays(series.days, names.length)
  const sums = shown.map((day) => day.reduce((sum, cost) => sum + cost, 0))
  return [
    { type: 'heading', depth, text: `Spend by day and ${by}` },
    {
      type: 'chart',
      title: `Spend by day and ${by}, in USD`,
      summary: `Most was spent on ${labels[totals.indexOf(most)] ?? ''}. The table below has the numbers.`,
      labels,
      series: names.map((name, column) => ({
        name,
        identity: series.keys[column] ?? null,
        values: series.days.map((day) => day[column] ?? 0),
      })),
    },
    {
      type: 'table',
      name: 'By day',
      head: ['Day', ...names, 'Together'],
      rows: makeRows(shown, (day, at) => [labels[at] ?? '', ...day.map(usd), usd(sums[at] ?? 0)]),
      total: [
        'All days',
        ...names.map((_, column) => usd(shown.reduce((sum, day) => sum + (day[column] ?? 0), 0))),
        usd(sums.reduce((sum, cost) => sum + cost, 0)),
      ],
    },
  ]
}

/** A table without the columns that are empty in every row. */
export function withoutEmpty(table: DocumentTable): DocumentTable {
  const kept = table.head.map((_, column) => (table.total?.[column] ?? null) !== null)
  for (const row of table.rows) {
    if (!kept.includes(false)) break
    for (const [column, cell] of row.entries()) if (cell !== null) kept[column] = true
  }
  const keep = <T>(cells: readonly T[]): T[] => cells.filter((_, column) => kept[column])
  return {
    ...table,
    head: keep(table.head),
    rows: makeRows(table.rows, keep),
    total: table.total === null ? null : keep(table.total),
  }
}

/** A label for each project, with its organization if there are several. */
export function projectLabel(
  organizations: readonly OrganizationReading[],
  of: OrganizationReading,
  name: string | null,
): string {
  const project = getName(name, NO_PROJECT)
  return organizations.length > 1 ? `${project}, ${getName(of.name, 'no name')}` : project
}

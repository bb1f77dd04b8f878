import { getSum, type UsageMeasures } from '../domain/usage/measures.ts'
import { dayText } from '../domain/usage/rollups.ts'
import { computePercent } from '../domain/usage/threshold.ts'
import { periodTitle, type ReportPeriod } from '../domain/usage/report-period.ts'
import { joinReadings, type PeriodReading, readingWords } from '../domain/usage/read-days.ts'
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
import type {
  BudgetReading,
  ClientReading,
  ComparedSums,
  OrganizationReading,
  ProjectReading,
  SpendReading,
  UsageReading,
} from './usage-reading.ts'

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

/** The cells of a place without a day that was read. */
const ABSENT: DocumentCell = { absent: 'not read' }

/** The sums of several places, with what was read of all of them. */
export function together(
  rows: readonly ComparedSums[],
  { period, before }: Pick<UsageReading, 'period' | 'before'>,
): ComparedSums {
  return {
    ...getSum(rows),
    before: rows.reduce((total, row) => total + row.before, 0),
    reading: joinReadings(
      rows.map(({ reading }) => reading),
      period,
    ),
    readingBefore: joinReadings(
      rows.map(({ readingBefore }) => readingBefore),
      before,
    ),
  }
}

/** True if both periods were wholly read; only then they are compared. */
export function isComparable({ reading, readingBefore }: ComparedSums): boolean {
  return reading.state === 'whole' && readingBefore.state === 'whole'
}

/** The spend of the period, as far as it was read. */
export function spentCell({ reading, cost }: ComparedSums): DocumentCell {
  return reading.state === 'none' ? ABSENT : usd(cost)
}

/** The spend of the period before; absent where it was not wholly read. */
export function beforeCell({ readingBefore: { state }, before }: ComparedSums): DocumentCell {
  if (state === 'part') return { absent: 'read in part' }
  return state === 'none' ? ABSENT : usd(before)
}

/** The spend, the previous spend, and the change. */
export function spendCells(row: ComparedSums): DocumentCell[] {
  return [spentCell(row), beforeCell(row), isComparable(row) ? change(row.cost, row.before) : null]
}

/** Cells under `MEASURES_HEAD`, of the read days. */
export function readMeasureCells(row: ComparedSums): DocumentCell[] {
  return row.reading.state === 'none' ? MEASURES_HEAD.map(() => ABSENT) : measureCells(row)
}

/** Columns of the budget that was agreed, and of the provider's limit, which may be a different amount. */
export const BUDGET_HEAD = ['Budget USD', '% of budget', 'Provider limit USD'] as const

/** Cells under `BUDGET_HEAD`: the budget and the spent share of it, and the limit; empty where there is none. */
export function budgetCells({ budget, limit }: Pick<ProjectReading, 'budget' | 'limit'>): DocumentCell[] {
  return [
    ...(budget === null ? [null, null] : [usd(budget.amount), shareCell(budget)]),
    limit === null ? null : usd(limit),
  ]
}

function shareCell({ amount, spent, isAtLeast }: BudgetReading): DocumentCell {
  return spent === null ? ABSENT : { unit: 'share', value: computePercent(spent, amount), isAtLeast }
}

/** The label of a last row: a total of read days is not one of the period. */
export function totalLabel({ reading }: Pick<ComparedSums, 'reading'>): string {
  return reading.state === 'whole' ? 'Total' : 'Total of what was read'
}

/** The last row of a table of a client's projects: spend, budget, measures. */
export function totalCells(
  { organizations, budget }: ClientReading,
  periods: Pick<UsageReading, 'period' | 'before'>,
): DocumentCell[] {
  const sum = together(organizations, periods)
  return [totalLabel(sum), ...spendCells(sum), ...budgetCells({ budget, limit: null }), ...readMeasureCells(sum)]
}

/** The source of a client's numbers, and which days of each organization were read. */
export function sourceWords(
  { source, organizations }: ClientReading,
  { period, before }: Pick<UsageReading, 'period' | 'before'>,
): string {
  const whose =
    source === 'claimed'
      ? 'From the client’s internal records, not from bills of the providers.'
      : 'As billed by the providers.'
  const read = organizations.map(({ name, reading }) => `${getName(name, 'no name')}: ${readingWords(reading, period)}`)
  const uncompared = organizations.filter((of) => of.reading.state === 'whole' && of.readingBefore.state !== 'whole')
  const why = uncompared.map(
    ({ name, readingBefore }) =>
      `${getName(name, 'no name')} (${periodTitle(before)} ${readingWords(readingBefore, before)})`,
  )
  return `${whose} ${read.join('; ')}.${why.length === 0 ? '' : ` Not compared: ${why.join('; ')}.`}`
}

/** The reading of a period of all organizations of a client. */
export function readAll({ organizations }: ClientReading, period: ReportPeriod): PeriodReading {
  return joinReadings(
    organizations.map(({ reading }) => reading),
    period,
  )
}

/** All things of a kind of a client, at least one, most expensive first, with their tokens. */
export function spendTable(
  reading: PeriodReading,
  [name, what]: readonly [name: string, what: string],
  rows: readonly (readonly [string, SpendReading])[],
): DocumentTable {
  const sum = getSum(rows.map(([, row]) => row))
  return {
    type: 'table',
    name,
    head: [what, 'USD', ...MEASURES_HEAD],
    rows: makeRows(rows, ([label, row]) => [label, usd(row.cost), ...measureCells(row)]),
    total: [totalLabel({ reading }), usd(sum.cost), ...measureCells(sum)],
  }
}

/** The internal records by feature; nothing if they contain none. */
export function featureTable(client: ClientReading, period: ReportPeriod): DocumentBlock[] {
  const { features } = client
  if (!features.some(({ name }) => name !== null)) return []
  return [
    { type: 'heading', depth: 3, text: 'Features' },
    spendTable(
      readAll(client, period),
      ['Features', 'Feature'],
      features.map((row) => [getName(row.name, NO_FEATURE), row]),
    ),
  ]
}

/** Spend of each day that was read: a chart, and the table with the same numbers. */
export function dayBlocks(client: ClientReading, period: ReportPeriod, depth: 2 | 3 = 3): DocumentBlock[] {
  const { series } = client
  const none = series.by === 'project' ? NO_PROJECT : 'no organization'
  const names = series.names.map((name) => getName(name, none))
  const sumUp = (values: readonly (number | null)[]): number =>
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  const days = series.days
    .map((values, at) => ({ label: dayText(period.from + at), values, total: sumUp(values) }))
    .filter(({ values }) => values.some((value) => value !== null))
  if (!days.some(({ values }) => values.some((value) => value !== null && value !== 0))) return []
  const by = series.by === 'project' ? 'project' : 'organization'
  const most = days.toSorted((a, b) => b.total - a.total)[0]?.label ?? ''
  const toCell = (value: number | null): DocumentCell => (value === null ? ABSENT : usd(value))
  return [
    { type: 'heading', depth, text: `Spend by day and ${by}` },
    {
      type: 'chart',
      title: `Spend by day and ${by}, in USD`,
      summary: `Most was spent on ${most}. The table below has the numbers.`,
      labels: days.map(({ label }) => label),
      series: names.map((name, column) => ({
        name,
        identity: series.keys[column] ?? null,
        values: days.map(({ values }) => values[column] ?? 0),
      })),
    },
    {
      type: 'table',
      name: 'By day',
      head: ['Day', ...names, 'Total'],
      rows: makeRows(days, ({ label, values, total }) => [label, ...values.map(toCell), usd(total)]),
      total: [
        totalLabel({ reading: readAll(client, period) }),
        ...names.map((_, column) => usd(sumUp(days.map(({ values }) => values[column] ?? null)))),
        usd(sumUp(days.map(({ total }) => total))),
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

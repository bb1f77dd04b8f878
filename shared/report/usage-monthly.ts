import { changePercent, signedPercent } from '../domain/text/amounts.ts'
import { dollarText } from '../domain/text/money.ts'
import { computeShares } from '../domain/text/round-parts.ts'
import { getSum, type UsageMeasures } from '../domain/usage/measures.ts'
import { periodDays, periodTitle, type ReportPeriod } from '../domain/usage/report-period.ts'
import {
  change,
  difference,
  getName,
  makeRows,
  type DocumentBlock,
  type DocumentCell,
  type DocumentTable,
} from './usage-document.ts'
import type { ClientReading, ComparedSums, UsageReading } from './usage-reading.ts'
import {
  BUDGET_HEAD,
  budgetCells,
  dayBlocks,
  featureTable,
  isComparable,
  MEASURES_HEAD,
  readAll,
  readMeasureCells,
  beforeCell,
  spentCell,
  totalLabel,
  NO_MODEL,
  NO_PROJECT,
  projectLabel,
  sourceWords,
  spendCells,
  spendTable,
  together,
  totalCells,
  withoutEmpty,
} from './usage-tables.ts'

/** For finance: the answer on one page, by project; then each organization, and the details of each client. */
export function monthlyBlocks(reading: UsageReading): DocumentBlock[] {
  const { period, before, clients } = reading
  return [
    { type: 'paragraph', text: headline(reading) },
    withoutEmpty(answerTable(reading)),
    {
      type: 'paragraph',
      text: `${periodDays(period)} (UTC), compared with ${periodTitle(before)} where all days of both were read. Estimates use a price table and are not included in totals of spend. A budget is what was agreed here; a provider limit is set at the provider.`,
    },
    { type: 'heading', depth: 2, text: 'Organizations' },
    withoutEmpty(organizationTable(reading)),
    ...clients.flatMap((client): DocumentBlock[] => [
      { type: 'heading', depth: 2, text: getName(client.name, client.slug) },
      { type: 'paragraph', text: sourceWords(client, reading) },
      withoutEmpty(projectTable(client, reading)),
      ...modelTable(client, period),
      ...featureTable(client, period),
      ...dayBlocks(client, period),
    ]),
  ]
}

/** The month in a sentence, compared with the one before. */
function headline(reading: UsageReading): string {
  const { period, before, clients } = reading
  const sum = together(
    clients.flatMap(({ organizations }) => organizations),
    reading,
  )
  if (sum.reading.state === 'none') return `The usage of ${periodTitle(period)} was not read.`
  const percent = isComparable(sum) ? changePercent(sum.cost, sum.before) : null
  const beside =
    percent === null ? '' : `, ${signedPercent(percent)} on ${periodTitle(before)} (${dollarText(sum.before)} USD)`
  const part = sum.reading.state === 'part' ? ', as far as it was read; each client below has the days' : ''
  return `${dollarText(sum.cost)} USD in ${periodTitle(period)}${beside}${part}.`
}

/** The projects of all clients, most expensive first, with difference and share. */
function answerTable(reading: UsageReading): DocumentTable {
  const { clients } = reading
  const projects = clients
    .flatMap((client) => client.organizations.flatMap((of) => of.projects.map((project) => ({ client, of, project }))))
    .toSorted((a, b) => b.project.cost - a.project.cost || b.project.before - a.project.before)
  const shares = computeShares(projects.map(({ project }) => project.cost))
  const sum = together(
    clients.flatMap(({ organizations }) => organizations),
    reading,
  )
  const several = clients.length > 1
  const named = new Map(clients.map((client) => [client, countNames(client)]))
  return {
    type: 'table',
    name: 'By project',
    head: ['Project', 'Client', 'USD', 'Share', 'Month before', 'Difference', 'Change', ...BUDGET_HEAD],
    rows: makeRows(projects, ({ client, project, of }, at) => [
      // A name that no other project of the client has needs no organization beside it.
      named.get(client)?.get(project.name) === 1
        ? getName(project.name, NO_PROJECT)
        : projectLabel(client.organizations, of, project.name),
      several ? getName(client.name, client.slug) : null,
      spentCell(project),
      shareCell(shares[at] ?? null),
      ...comparedCells(project),
      ...budgetCells(project),
    ]),
    total: [
      totalLabel(sum),
      null,
      spentCell(sum),
      sum.cost > 0 ? shareCell(1000) : null,
      ...comparedCells(sum),
      null,
      null,
      null,
    ],
  }
}

/** The previous spend, the difference, and the change. */
function comparedCells(row: ComparedSums): DocumentCell[] {
  const compared = isComparable(row) ? [difference(row.cost, row.before), change(row.cost, row.before)] : [null, null]
  return [beforeCell(row), ...compared]
}

/** How many projects of a client have each name. */
function countNames({ organizations }: ClientReading): ReadonlyMap<string | null, number> {
  const names = new Map<string | null, number>()
  for (const { name } of organizations.flatMap(({ projects }) => projects)) names.set(name, (names.get(name) ?? 0) + 1)
  return names
}

function shareCell(value: number | null): DocumentCell {
  return value === null ? null : { unit: 'permille', value }
}

function organizationTable(reading: UsageReading): DocumentTable {
  const { clients } = reading
  const organizations = clients.flatMap((client) => client.organizations.map((of) => ({ client, of })))
  const sum = together(
    organizations.map(({ of }) => of),
    reading,
  )
  return {
    type: 'table',
    name: 'Organizations',
    head: [
      'Client',
      'Organization',
      'Organization ID',
      'USD',
      'Month before',
      'Change',
      ...BUDGET_HEAD,
      ...MEASURES_HEAD,
    ],
    rows: makeRows(organizations, ({ client, of }) => [
      getName(client.name, client.slug),
      getName(of.name, 'no name'),
      of.organizationId === null ? null : getName(of.organizationId, ''),
      ...spendCells(of),
      ...budgetCells({ ...of, budget: of.budget ?? (client.organizations.length === 1 ? client.budget : null) }),
      ...readMeasureCells(of),
    ]),
    total: [totalLabel(sum), null, null, ...spendCells(sum), null, null, null, ...readMeasureCells(sum)],
  }
}

function projectTable(client: ClientReading, periods: UsageReading): DocumentTable {
  return {
    type: 'table',
    name: 'Projects',
    head: ['Project', 'USD', 'Month before', 'Change', ...BUDGET_HEAD, ...MEASURES_HEAD],
    rows: makeRows(
      client.organizations.flatMap((of) => of.projects.map((project) => ({ of, project }))),
      ({ of, project }) => [
        projectLabel(client.organizations, of, project.name),
        ...spendCells(project),
        ...budgetCells(project),
        ...readMeasureCells(project),
      ],
    ),
    total: totalCells(client, periods),
  }
}

/** The models of a client; nothing if no usage names any. */
function modelTable(client: ClientReading, period: ReportPeriod): DocumentBlock[] {
  const models = getModels(client)
  if (models.length === 0) return []
  return [
    { type: 'heading', depth: 3, text: 'Models' },
    spendTable(readAll(client, period), ['Models', 'Model'], models),
  ]
}

/** The models of a client through all its projects, most expensive first. */
function getModels({
  organizations,
}: ClientReading): (readonly [string, UsageMeasures & { readonly name: string | null }])[] {
  const models = organizations.flatMap((of) => of.projects.flatMap((project) => project.models))
  return [...Map.groupBy(models, ({ name }) => name)]
    .map(([name, rows]) => ({ name, ...getSum(rows) }))
    .toSorted((a, b) => b.cost - a.cost || b.estimate - a.estimate || ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
    .map((row) => [getName(row.name, NO_MODEL), row] as const)
}

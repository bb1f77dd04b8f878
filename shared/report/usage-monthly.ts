import { changePercent, signedPercent } from '../domain/text/amounts.ts'
import { dollarText } from '../domain/text/money.ts'
import { computeShares, roundToCents } from '../domain/text/round-parts.ts'
import type { UsageMeasures } from '../domain/usage/measures.ts'
import { periodDays, periodTitle } from '../domain/usage/report-period.ts'
import {
  change,
  difference,
  getName,
  makeRows,
  usd,
  type DocumentBlock,
  type DocumentCell,
  type DocumentTable,
} from './usage-document.ts'
import type { ClientReading, UsageReading } from './usage-reading.ts'
import {
  BUDGET_HEAD,
  budgetCells,
  dayBlocks,
  featureTable,
  measureCells,
  MEASURES_HEAD,
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
    withoutEmpty(answerTable(clients)),
    {
      type: 'paragraph',
      text: `${periodDays(period)} (UTC), compared with ${periodTitle(before)}. Estimates use a price table and are not included in totals of spend. A budget is what was agreed here; a provider limit is set at the provider.`,
    },
    { type: 'heading', depth: 2, text: 'Organizations' },
    withoutEmpty(organizationTable(clients)),
    ...clients.flatMap((client): DocumentBlock[] => [
      { type: 'heading', depth: 2, text: getName(client.name, client.slug) },
      { type: 'paragraph', text: sourceWords(client, period) },
      withoutEmpty(projectTable(client)),
      { type: 'heading', depth: 3, text: 'Models' },
      spendTable('Models', 'Model', getModels(client)),
      ...featureTable(client),
      ...dayBlocks(client, period),
    ]),
  ]
}

/** The month in a sentence, compared with the one before. */
function headline({ period, before, clients }: UsageReading): string {
  const sum = together(clients.flatMap(({ organizations }) => organizations))
  const percent = changePercent(sum.cost, sum.before)
  const beside =
    percent === null ? '' : `, ${signedPercent(percent)} on ${periodTitle(before)} (${dollarText(sum.before)} USD)`
  return `${dollarText(sum.cost)} USD in ${periodTitle(period)}${beside}.`
}

/** The projects of all clients, most expensive first, with difference and share. */
function answerTable(clients: readonly ClientReading[]): DocumentTable {
  const projects = clients
    .flatMap((client) => client.organizations.flatMap((of) => of.projects.map((project) => ({ client, of, project }))))
    .toSorted((a, b) => b.project.cost - a.project.cost || b.project.before - a.project.before)
  const shares = computeShares(projects.map(({ project }) => project.cost))
  // Rounded before they are subtracted, so that rows and columns add up as they are shown.
  const now = roundToCents(projects.map(({ project }) => project.cost))
  const was = roundToCents(projects.map(({ project }) => project.before))
  const [sum, before] = [now, was].map((all) => all.reduce((total, one) => total + one, 0)) as [number, number]
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
      usd(now[at] ?? 0),
      shareCell(shares[at] ?? null),
      usd(was[at] ?? 0),
      difference(now[at] ?? 0, was[at] ?? 0),
      change(project.cost, project.before),
      ...budgetCells(project),
    ]),
    total: [
      'All projects',
      null,
      usd(sum),
      sum > 0 ? shareCell(1000) : null,
      usd(before),
      difference(sum, before),
      change(sum, before),
      null,
      null,
      null,
    ],
  }
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

function organizationTable(clients: readonly ClientReading[]): DocumentTable {
  const organizations = clients.flatMap((client) => client.organizations.map((of) => ({ client, of })))
  const sum = together(organizations.map(({ of }) => of))
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
      ...measureCells(of),
    ]),
    total: ['All organizations', null, null, ...spendCells(sum), null, null, null, ...measureCells(sum)],
  }
}

function projectTable(client: ClientReading): DocumentTable {
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
        ...measureCells(project),
      ],
    ),
    total: totalCells(client),
  }
}

/** The models of a client through all its projects, most expensive first. */
function getModels({
  organizations,
}: ClientReading): (readonly [string, UsageMeasures & { readonly name: string | null }])[] {
  const models = organizations.flatMap((of) => of.projects.flatMap((project) => project.models))
  return [...Map.groupBy(models, ({ name }) => name)]
    .map(([name, rows]) => ({ name, ...together(rows.map((row) => ({ ...row, before: 0 }))) }))
    .toSorted((a, b) => b.cost - a.cost || b.estimate - a.estimate || ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
    .map((row) => [getName(row.name, NO_MODEL), row] as const)
}

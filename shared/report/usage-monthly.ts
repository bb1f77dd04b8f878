import type { UsageMeasures } from '../domain/usage/measures.ts'
import { periodDays, periodTitle } from '../domain/usage/report-period.ts'
import { getName, type DocumentBlock, type DocumentTable } from './usage-document.ts'
import type { ClientReading, UsageReading } from './usage-reading.ts'
import {
  budgetCells,
  dayBlocks,
  featureTable,
  MEASURES_HEAD,
  NO_MODEL,
  projectLabel,
  sourceWords,
  spendCells,
  spendTable,
  together,
  withoutEmpty,
} from './usage-tables.ts'

/** For finance: the total of each organization, then its details. */
export function monthlyBlocks({ period, before, clients }: UsageReading): DocumentBlock[] {
  return [
    {
      type: 'paragraph',
      text: `${periodDays(period)} (UTC), compared with the ${periodTitle(before)}. Estimates use a price table and are not included in totals of spend.`,
    },
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

function organizationTable(clients: readonly ClientReading[]): DocumentTable {
  const organizations = clients.flatMap((client) => client.organizations.map((of) => ({ client, of })))
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
      ...MEASURES_HEAD,
      'Budget USD',
      '% of budget',
    ],
    rows: organizations.map(({ client, of }) => [
      getName(client.name, client.slug),
      getName(of.name, 'no name'),
      of.organizationId === null ? null : getName(of.organizationId, ''),
      ...spendCells(of),
      ...budgetCells(of.budget ?? (client.organizations.length === 1 ? client.budget : null)),
    ]),
    total: ['All organizations', null, null, ...spendCells(together(organizations.map(({ of }) => of))), null, null],
  }
}

function projectTable(client: ClientReading): DocumentTable {
  return {
    type: 'table',
    name: 'Projects',
    head: ['Project', 'USD', 'Month before', 'Change', ...MEASURES_HEAD, 'Budget USD', '% of budget'],
    rows: client.organizations.flatMap((of) =>
      of.projects.map((project) => [
        projectLabel(client.organizations, of, project.name),
        ...spendCells(project),
        ...budgetCells(project.budget),
      ]),
    ),
    total: ['All projects', ...spendCells(together(client.organizations)), ...budgetCells(client.budget)],
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

import { periodDays, periodTitle } from '../domain/usage/report-period.ts'
import { getName, makeRows, usd, type DocumentBlock, type DocumentCell, type DocumentTable } from './usage-document.ts'
import type { ClientReading, SpendReading, UsageReading } from './usage-reading.ts'
import {
  BUDGET_HEAD,
  budgetCells,
  dayBlocks,
  featureTable,
  measureCells,
  MEASURES_HEAD,
  NO_KEY,
  NO_MODEL,
  projectLabel,
  readMeasureCells,
  sourceWords,
  spendCells,
  totalCells,
  withoutEmpty,
} from './usage-tables.ts'

/** The most models and keys of a project that are shown. */
const TOP = 5

/** For team leads: the projects of each client, their change since the week before, and their details. */
export function weeklyBlocks(reading: UsageReading): DocumentBlock[] {
  const { period, before, clients } = reading
  return [
    {
      type: 'paragraph',
      text: `${periodDays(period)} (UTC), compared with the ${periodTitle(before)} where all days of both were read. Estimates use a price table and are not included in totals of spend. Budgets are monthly: the share is the part spent by the end of this week.`,
    },
    ...clients.flatMap((client): DocumentBlock[] => [
      { type: 'heading', depth: 2, text: getName(client.name, client.slug) },
      { type: 'paragraph', text: sourceWords(client, reading) },
      withoutEmpty(projectTable(client, reading)),
      ...topBlocks(client),
      ...featureTable(client, period),
      ...dayBlocks(client, period),
      ...(client.history === undefined ? [] : [{ type: 'paragraph' as const, text: client.history }]),
    ]),
  ]
}

function projectTable(client: ClientReading, periods: UsageReading): DocumentTable {
  const projects = client.organizations.flatMap((of) => of.projects.map((project) => ({ of, project })))
  return {
    type: 'table',
    name: 'Projects',
    head: ['Project', 'USD', 'Week before', 'Change', ...BUDGET_HEAD, ...MEASURES_HEAD],
    rows: makeRows(projects, ({ of, project }) => [
      projectLabel(client.organizations, of, project.name),
      ...spendCells(project),
      ...budgetCells(project),
      ...readMeasureCells(project),
    ]),
    total: totalCells(client, periods),
  }
}

/** The most expensive models and keys of each project. */
function topBlocks(client: ClientReading): DocumentBlock[] {
  const lines = (label: string, what: string, none: string, rows: readonly SpendReading[]): DocumentCell[][] =>
    rows.slice(0, TOP).map((row) => [label, what, getName(row.name, none), usd(row.cost), ...measureCells(row)])
  const rows = [
    ...client.organizations.flatMap((of) =>
      of.projects.flatMap((project) => {
        const label = projectLabel(client.organizations, of, project.name)
        return [...lines(label, 'Model', NO_MODEL, project.models), ...lines(label, 'Key', NO_KEY, project.keys)]
      }),
    ),
    ...lines('(all projects)', 'Key', NO_KEY, client.keys),
  ]
  if (rows.length === 0) return []
  return [
    { type: 'heading', depth: 3, text: 'Models and keys' },
    { type: 'paragraph', text: `The ${TOP} most expensive models and keys of each project.` },
    {
      type: 'table',
      name: 'Models and keys',
      head: ['Project', 'What', 'Name', 'USD', ...MEASURES_HEAD],
      rows,
      total: null,
    },
  ]
}

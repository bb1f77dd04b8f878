import { DAY_MS } from '../../../shared/domain/day.ts'
import type { UsageMeasures } from '../../../shared/domain/usage/measures.ts'
import { SOURCE_LABELS, type UsageSource } from '../../../shared/domain/usage/source.ts'
import type { ReportKind, ReportPeriod } from '../../../shared/domain/usage/report-period.ts'
import { monthSpan } from '../../../shared/domain/usage/forecast.ts'
import type {
  BudgetReading,
  ClientReading,
  OrganizationReading,
  SpendReading,
  DaySeries,
} from '../../../shared/report/usage-reading.ts'
import { together } from '../../../shared/report/usage-tables.ts'
import type { Reader } from '../../register/db/handles.ts'
import {
  reportBudgets,
  reportOrganizations,
  type ReportClient,
  type ReportOrganization,
} from '../../register/usage/report-owners.ts'
import { reportSettings } from '../../register/usage/report-settings.ts'
import {
  billedByProjectAndKey,
  reportNames,
  type ReportName,
  type ReportSum,
  sumsByFeature,
  sumsByKey,
  sumsByProject,
  sumsByProjectAndModel,
  costByDay,
  type ReportSpan,
} from '../../register/usage/report-sums.ts'
import { witnessSentence } from '../../../shared/report/witness.ts'
import { readWitnesses } from '../../register/team/witness.ts'
import { CHART_SERIES } from '../../../shared/report/usage-style.ts'

interface Asked {
  readonly kind: ReportKind
  readonly period: ReportPeriod
  readonly before: ReportPeriod
  readonly source: UsageSource
}

/** A client's internal records, as if they were an organization. */
const INTERNAL_RECORDS: ReportOrganization = {
  id: 0,
  label: SOURCE_LABELS.claimed,
  provider: '',
  organizationId: null,
  readTo: null,
}

/** What a client used in a period; null: nothing, and nothing in the period before. */
export function readClient(reader: Reader, client: ReportClient, asked: Asked): ClientReading | null {
  const { kind, period, source } = asked
  const span = { clientId: client.id, source, from: period.from, to: period.to }
  const now = sumsByProject(reader, span)
  const before = sumsByProject(reader, { ...span, from: asked.before.from, to: asked.before.to })
  if (now.length === 0 && before.length === 0) return null
  const models = sumsByProjectAndModel(reader, span)
  const weekly = kind === 'weekly'
  const keys = weekly && source === 'billed' ? billedByProjectAndKey(reader, span) : []
  const ownKeys = weekly && source === 'claimed' ? sumsByKey(reader, span) : []
  const features = sumsByFeature(reader, span)
  const numbers = [
    ...[...now, ...before, ...features, ...ownKeys].map(({ a }) => a),
    ...[...models, ...keys].map(({ b }) => b),
  ]
  const names = reportNames(reader, numbers)
  const budgets = newBudgets(reader, client.id, period, source)
  const toSpend = (by: 'a' | 'b') => (row: ReportSum) => spendReading(row, names.get(row[by]))
  const organizations = listOrganizations(reader, client.id, source).flatMap((one): OrganizationReading[] => {
    const mine = (rows: readonly ReportSum[]): ReportSum[] => rows.filter(({ connection }) => connection === one.id)
    const was = new Map(mine(before).map((row) => [row.a, row.cost]))
    const removed = mine(before).filter(({ a, cost }) => cost > 0 && !mine(now).some((row) => row.a === a))
    const rows = [...mine(now), ...removed.map((row) => ({ ...row, ...NOTHING }))]
    if (rows.length === 0) return []
    const modelsOf = Map.groupBy(mine(models), ({ a }) => a)
    const keysOf = Map.groupBy(mine(keys), ({ a }) => a)
    const projects = rows.map((row) => ({
      ...spendReading(row, names.get(row.a)),
      before: was.get(row.a) ?? 0,
      models: (modelsOf.get(row.a) ?? []).map(toSpend('b')),
      keys: (keysOf.get(row.a) ?? []).map(toSpend('b')),
      ...budgets.ofProject(one.id, row.a, names.get(row.a)?.ref ?? null),
    }))
    return [
      {
        ...together(projects),
        name: one.label,
        organizationId: one.organizationId,
        projects,
        ...budgets.ofConnection(one.id),
        readTo: one.readTo === null ? null : Math.min(one.readTo, period.to),
      },
    ]
  })
  const history = weekly ? witnessSentence(readWitnesses(reader, client.slug)) : null
  return {
    ...(history === null ? {} : { history }),
    slug: client.slug,
    name: client.name,
    source,
    organizations,
    features: added(features, names),
    keys: added(ownKeys, names),
    series: daySeries(reader, span, {
      by: weekly || source === 'claimed' || organizations.length === 1 ? 'project' : 'organization',
      projects: names,
      organizations: new Map(listOrganizations(reader, client.id, source).map(({ id, label }) => [id, label])),
    }),
    budget: budgets.ofClient(),
    terms: readTerms(reader, client.id),
  }
}

const NOTHING: UsageMeasures = { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, cost: 0, estimate: 0 }

function listOrganizations(reader: Reader, clientId: number, source: UsageSource): readonly ReportOrganization[] {
  return source === 'claimed' ? [INTERNAL_RECORDS] : reportOrganizations(reader, clientId)
}

function spendReading(row: ReportSum, name: ReportName | undefined): SpendReading {
  const { requests, input, cached, cacheWrite, output, cost, estimate } = row
  return { name: name?.name ?? null, requests, input, cached, cacheWrite, output, cost, estimate }
}

/** The same word of several organizations is one. */
function added(rows: readonly ReportSum[], names: ReadonlyMap<number, ReportName>): SpendReading[] {
  return [...Map.groupBy(rows, ({ a }) => a)]
    .map(([a, of]) => {
      const { before: _, ...measures } = together(of.map((row) => ({ ...row, before: 0 })))
      return { name: names.get(a)?.name ?? null, ...measures }
    })
    .toSorted((a, b) => b.cost - a.cost || b.estimate - a.estimate)
}

function readTerms(reader: Reader, clientId: number): ClientReading['terms'] {
  const { markupBasisPoints, currency, rateMillionths, rateOn } = reportSettings(reader, clientId)
  return { markupBasisPoints, currency, rateMillionths, rateOn }
}

/** The agreed budget and the provider's limit of one place. */
type Held = Pick<OrganizationReading, 'budget' | 'limit'>

interface Budgets {
  ofClient(): BudgetReading | null
  ofConnection(connection: number): Held
  ofProject(connection: number, word: number, ref: number | null): Held
}

const NOT_HELD: Held = { budget: null, limit: null }

/** Budgets in effect at the end of the period, beside what was spent by then from the first of that month. */
function newBudgets(reader: Reader, clientId: number, period: ReportPeriod, source: UsageSource): Budgets {
  const all = reportBudgets(reader, clientId, period.to * DAY_MS)
  const from = monthSpan(period.to - 1).start
  const spent = sumsByProject(reader, { clientId, source, from, to: period.to })
  const held = (connection: number, project: number, of: (row: ReportSum) => boolean): Held => {
    const there = all.filter((one) => one.project === project && (project !== 0 || one.connection === connection))
    const budget = there.find(({ byProvider }) => !byProvider)
    const sum = (): number => spent.reduce((total, row) => total + (of(row) ? row.cost : 0), 0)
    return {
      budget: budget === undefined ? null : { amount: budget.amount, spent: sum() },
      limit: there.find(({ byProvider }) => byProvider)?.amount ?? null,
    }
  }
  return {
    ofClient: () => held(0, 0, () => true).budget,
    ofConnection: (connection) =>
      connection === 0 ? NOT_HELD : held(connection, 0, (row) => row.connection === connection),
    ofProject: (connection, word, ref) =>
      ref === null ? NOT_HELD : held(connection, ref, (row) => row.connection === connection && row.a === word),
  }
}

interface AskedSeries {
  readonly by: DaySeries['by']
  readonly projects: ReadonlyMap<number, ReportName>
  readonly organizations: ReadonlyMap<number, string>
}

/** Micro-USD of each day by what spent most in the span; `Other` is the sum of the rest. */
function daySeries(reader: Reader, span: ReportSpan, { by, projects, organizations }: AskedSeries): DaySeries {
  const rows = costByDay(reader, span)
  const totals = new Map<number, number>()
  const computePart = (row: (typeof rows)[number]): number => (by === 'project' ? row.project : row.connection)
  for (const row of rows) totals.set(computePart(row), (totals.get(computePart(row)) ?? 0) + row.cost)
  const most = [...totals].filter(([, cost]) => cost > 0).toSorted(([a, x], [b, y]) => y - x || a - b)
  const shown = most.slice(0, CHART_SERIES).map(([part]) => part)
  const hasOther = most.length > shown.length
  const days = Array.from({ length: span.to - span.from }, () => Array<number>(shown.length + Number(hasOther)).fill(0))
  for (const row of rows) {
    const column = shown.indexOf(computePart(row))
    const day = days[row.day - span.from]
    const at = column === -1 ? shown.length : column
    if (day !== undefined && at < day.length) day[at] = (day[at] ?? 0) + row.cost
  }
  const name = (part: number): string | null =>
    by === 'project' ? (projects.get(part)?.name ?? null) : (organizations.get(part) ?? null)
  // As the charts of the window identify them, so that a thing has one colour in both.
  const key = (part: number): string => (by === 'project' ? `project ${part}` : `connection ${span.clientId} ${part}`)
  return {
    by,
    names: [...shown.map(name), ...(hasOther ? ['Other'] : [])],
    keys: [...shown.map(key), ...(hasOther ? [null] : [])],
    days,
  }
}

import { DAY_MS } from '../../../shared/domain/day.ts'
import { getSum, type UsageMeasures } from '../../../shared/domain/usage/measures.ts'
import { joinReadings, readingOf } from '../../../shared/domain/usage/read-days.ts'
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
  recordedDays,
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

interface ReportQuestion {
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
  read: [],
}

/** Reads the use of a client in a period; null: nothing, and nothing in the period before. */
export function readClient(reader: Reader, client: ReportClient, asked: ReportQuestion): ClientReading | null {
  const { kind, period, source } = asked
  const span = { clientId: client.id, source, from: period.from, to: period.to }
  const now = sumsByProject(reader, span)
  const before = sumsByProject(reader, { ...span, from: asked.before.from, to: asked.before.to })
  const listed = listOrganizations(reader, client.id, source)
  const isUnread = (one: ReportOrganization): boolean =>
    source === 'billed' && readingOf(one.read, period).state !== 'whole'
  if (now.length === 0 && before.length === 0 && !listed.some(isUnread)) return null
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
  const budgets = newBudgets(reader, client.id, asked, listed)
  const toSpend = (by: 'a' | 'b') => (row: ReportSum) => spendReading(row, names.get(row[by]))
  const organizations = listed.flatMap((one): OrganizationReading[] => {
    const days = { reading: readingOf(one.read, period), readingBefore: readingOf(one.read, asked.before) }
    const mine = (rows: readonly ReportSum[]): ReportSum[] => rows.filter(({ connection }) => connection === one.id)
    const was = new Map(mine(before).map((row) => [row.a, row.cost]))
    const removed = mine(before).filter(({ a, cost }) => cost !== 0 && !mine(now).some((row) => row.a === a))
    const rows = [...mine(now), ...removed.map((row) => ({ ...row, ...NOTHING }))]
    if (rows.length === 0 && !isUnread(one)) return []
    const modelsOf = Map.groupBy(mine(models), ({ a }) => a)
    const keysOf = Map.groupBy(mine(keys), ({ a }) => a)
    const projects = rows.map((row) => ({
      ...spendReading(row, names.get(row.a)),
      ...days,
      before: was.get(row.a) ?? 0,
      models: (modelsOf.get(row.a) ?? []).map(toSpend('b')),
      keys: (keysOf.get(row.a) ?? []).map(toSpend('b')),
      ...budgets.ofProject(one, row.a, names.get(row.a)?.ref ?? null),
    }))
    return [
      {
        ...together(projects, asked),
        ...days,
        name: one.label,
        organizationId: one.organizationId,
        projects,
        ...budgets.ofConnection(one),
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
      organizations: listed,
    }),
    budget: budgets.ofClient(),
    terms: readTerms(reader, client.id),
  }
}

const NOTHING: UsageMeasures = { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, cost: 0, estimate: 0 }

function listOrganizations(reader: Reader, clientId: number, source: UsageSource): readonly ReportOrganization[] {
  return source === 'claimed'
    ? [{ ...INTERNAL_RECORDS, read: recordedDays(reader, clientId) }]
    : reportOrganizations(reader, clientId)
}

function spendReading(row: ReportSum, name: ReportName | undefined): SpendReading {
  const { requests, input, cached, cacheWrite, output, cost, estimate } = row
  return { name: name?.name ?? null, requests, input, cached, cacheWrite, output, cost, estimate }
}

/** A word that several organizations have is one. */
function added(rows: readonly ReportSum[], names: ReadonlyMap<number, ReportName>): SpendReading[] {
  return [...Map.groupBy(rows, ({ a }) => a)]
    .map(([a, of]) => {
      return { name: names.get(a)?.name ?? null, ...getSum(of) }
    })
    .toSorted((a, b) => b.cost - a.cost || b.estimate - a.estimate)
}

function readTerms(reader: Reader, clientId: number): ClientReading['terms'] {
  const { markupBasisPoints, currency, rateMillionths, rateOn } = reportSettings(reader, clientId)
  return { markupBasisPoints, currency, rateMillionths, rateOn }
}

/** The agreed budget and the provider's limit of one place. */
type BudgetAndLimit = Pick<OrganizationReading, 'budget' | 'limit'>

interface Budgets {
  ofClient(): BudgetReading | null
  ofConnection(one: ReportOrganization): BudgetAndLimit
  ofProject(one: ReportOrganization, word: number, ref: number | null): BudgetAndLimit
}

const NOT_HELD: BudgetAndLimit = { budget: null, limit: null }

/** Budgets in effect at the end of the period, beside what was spent by then from the first of that month, if all of it was read. */
function newBudgets(
  reader: Reader,
  clientId: number,
  { period, source }: ReportQuestion,
  organizations: readonly ReportOrganization[],
): Budgets {
  const all = reportBudgets(reader, clientId, period.to * DAY_MS)
  const month = { from: monthSpan(period.to - 1).start, to: period.to }
  const spent = sumsByProject(reader, { clientId, source, ...month })
  const held = (
    { of, project, connection }: { of: readonly ReportOrganization[]; project: number; connection: number },
    counts: (row: ReportSum) => boolean,
  ): BudgetAndLimit => {
    const there = all.filter((one) => one.project === project && (project !== 0 || one.connection === connection))
    const budget = there.find(({ byProvider }) => !byProvider)
    const { state } = joinReadings(
      of.map(({ read }) => readingOf(read, month)),
      month,
    )
    const sum = state === 'none' ? null : spent.reduce((total, row) => total + (counts(row) ? row.cost : 0), 0)
    return {
      budget: budget === undefined ? null : { amount: budget.amount, spent: sum, isAtLeast: state === 'part' },
      limit: there.find(({ byProvider }) => byProvider)?.amount ?? null,
    }
  }
  return {
    ofClient: () => held({ of: organizations, project: 0, connection: 0 }, () => true).budget,
    ofConnection: (one) =>
      one.id === 0 ? NOT_HELD : held({ of: [one], project: 0, connection: one.id }, (row) => row.connection === one.id),
    ofProject: (one, word, ref) =>
      ref === null
        ? NOT_HELD
        : held({ of: [one], project: ref, connection: one.id }, (row) => row.connection === one.id && row.a === word),
  }
}

interface AskedSeries {
  readonly by: DaySeries['by']
  readonly projects: ReadonlyMap<number, ReportName>
  readonly organizations: readonly ReportOrganization[]
}

/** Micro-USD of each read day by what was spent most on in the span; `Other` is the sum of the rest. A credit counts by its size. */
function daySeries(reader: Reader, span: ReportSpan, { by, projects, organizations }: AskedSeries): DaySeries {
  const rows = costByDay(reader, span)
  const computePart = (row: (typeof rows)[number]): number => (by === 'project' ? row.project : row.connection)
  const parts = [...Map.groupBy(rows, computePart)].map(([part, own]) => ({
    part,
    size: Math.abs(own.reduce((sum, { cost }) => sum + cost, 0)),
    isCharged: own.some(({ cost }) => cost !== 0),
    connections: new Set(own.map(({ connection }) => connection)),
  }))
  const most = parts.filter(({ isCharged }) => isCharged).toSorted((a, b) => b.size - a.size || a.part - b.part)
  const shown = most.slice(0, CHART_SERIES)
  const rest = most.slice(CHART_SERIES)
  const columns = [
    ...shown,
    ...(rest.length === 0 ? [] : [{ connections: new Set(rest.flatMap(({ connections }) => [...connections])) }]),
  ]
  const isRead = (connections: ReadonlySet<number>, day: number): boolean =>
    organizations.some(
      ({ id, read }) => connections.has(id) && readingOf(read, { from: day, to: day + 1 }).state === 'whole',
    )
  const days = Array.from({ length: span.to - span.from }, (_, at) =>
    columns.map(({ connections }): number | null => (isRead(connections, span.from + at) ? 0 : null)),
  )
  const columnOf = new Map(most.map(({ part }, at) => [part, Math.min(at, shown.length)]))
  for (const row of rows) {
    const column = columnOf.get(computePart(row))
    const day = days[row.day - span.from]
    if (day !== undefined && column !== undefined) day[column] = (day[column] ?? 0) + row.cost
  }
  const name = (part: number): string | null =>
    by === 'project' ? (projects.get(part)?.name ?? null) : (organizations.find(({ id }) => id === part)?.label ?? null)
  // As the charts of the window identify them, so that a thing has one colour in both.
  const key = (part: number): string => (by === 'project' ? `project ${part}` : `connection ${span.clientId} ${part}`)
  return {
    by,
    names: [...shown.map(({ part }) => name(part)), ...(rest.length === 0 ? [] : ['Other'])],
    keys: [...shown.map(({ part }) => key(part)), ...(rest.length === 0 ? [] : [null])],
    days,
  }
}

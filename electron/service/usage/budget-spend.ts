import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import {
  clipDays,
  commonDays,
  joinReadings,
  NOT_READ,
  type PeriodReading,
  type ReadDays,
  readingOf,
  WHOLE,
} from '../../../shared/domain/usage/read-days.ts'
import { dayNumber, monthOfDay, monthText } from '../../../shared/domain/usage/rollups.ts'
import { daysUntil, type DaySpend, forecastMonth, monthSpan } from '../../../shared/domain/usage/forecast.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { auditLimit } from '../../../shared/domain/usage/limit-audit.ts'
import { computePercent, reached } from '../../../shared/domain/usage/threshold.ts'
import type { Reader, Writer } from '../../register/db/handles.ts'
import type { Scope } from '../../register/db/scope.ts'
import { findLimitMakers } from '../../register/changes/made-by.ts'
import {
  budgetAlerts,
  budgeted,
  daySpend,
  type DaySpending,
  noteAlert,
  forgetAlert,
  type BudgetAmount,
} from '../../register/usage/budgets.ts'
import { clientReadings, type ClientReading } from '../../register/usage/readings.ts'
import { heldThere } from '../../register/usage/limit-audit.ts'
import { assertWritable, type Context, getReader } from '../core/context.ts'
import { remind } from '../core/notification.ts'
import { billedReadTo, internalReadTo, readTo } from './readings.ts'

/** Days that a forecast looks back on: what days of the week spend, and the totals of earlier months. */
const LOOK_BACK_DAYS = 250

/** Budgets and limits in scope with what this month has spent of them, most spent first. */
export function budgetRows(context: Context, scope: Scope): BudgetRow[] {
  const reader = getReader(context)
  const today = dayNumber(context.now())
  const reported = Map.groupBy(budgetAlerts(reader, monthOfDay(today)), ({ subject }) => subject)
  const all = budgeted(reader, scope)
  const agreedAt = new Map(all.flatMap((of) => (of.budgetId === null ? [] : [[placeKey(of), of] as const])))
  const readings = clientReadings(reader, scope)
  const series = new Map<string, ReturnType<typeof daySpend>>()
  const makers = findLimitMakers(
    reader,
    all.flatMap(({ limitId }) => limitId ?? []),
  )
  return all
    .map((of): BudgetRow => {
      const place = placeKey(of)
      const spending = series.get(place) ?? daySpend(reader, of, { from: today - LOOK_BACK_DAYS, to: today + 1 })
      series.set(place, spending)
      const read = readPlace(readings.get(of.clientId), of, spending, today)
      const agreed = of.tier ? undefined : agreedAt.get(place)
      return {
        rowKey: of.subject,
        budgetId: of.budgetId,
        client: of.client,
        connection: of.connection,
        project: of.project,
        tier: of.tier,
        amount: of.amount,
        enforcement: of.enforcement,
        thresholds: [...of.thresholds],
        ...readTo(read.to, today),
        reading: read.reading,
        ...computeSpending(spending.days, of.amount, { today, ...read }),
        reported: (reported.get(of.subject) ?? []).map(({ threshold, at }) => ({ threshold, at })),
        audit: agreed === undefined ? null : findAudit(reader, agreed),
        recipients: of.recipients,
        enforcing: of.enforcing,
        setBy: of.limitId === null ? null : (makers.get(of.limitId) ?? null),
      }
    })
    .toSorted((a, b) => (b.percent ?? -1) - (a.percent ?? -1) || a.rowKey.localeCompare(b.rowKey))
}

/** The readings of a place's sources. */
interface PlaceReading {
  /** The first day that was not fully read; null where nothing was. */
  readonly to: number | null
  /** The days before today that were read in each of the sources. */
  readonly days: ReadDays
  /** Which days of this month were read, before today. */
  readonly reading: PeriodReading
}

/** The readings of the sources of `spending`; where nothing was spent, of all that were read. */
function readPlace(
  reading: ClientReading | undefined,
  { connection }: Pick<BudgetAmount, 'connection'>,
  { days: spent, isInternal }: DaySpending,
  today: number,
): PlaceReading {
  if (reading === undefined) return { to: null, days: [], reading: NOT_READ }
  const billed = isInternal ? null : billedReadTo(reading, connection?.id, today)
  if (billed === null && (isInternal || spent.length === 0)) {
    // Internal records show no day on which there was nothing to record.
    const to = internalReadTo(reading, today)
    const days = to === null ? [] : [{ from: -Infinity, to }]
    return { to, days, reading: readMonth([days], to, today) }
  }
  const sources = [...reading.billed].flatMap(([id, { days }]) =>
    connection === null || connection.id === id ? [days] : [],
  )
  return {
    to: billed,
    days: clipDays(commonDays(sources), { from: -Infinity, to: today }),
    reading: readMonth(sources, billed, today),
  }
}

/** The reading of the days of this month before today; on its first day there are none. */
function readMonth(sources: readonly ReadDays[], to: number | null, today: number): PeriodReading {
  const month = { from: monthSpan(today).start, to: today }
  if (month.from === month.to) return to !== null && to >= today ? WHOLE : NOT_READ
  return joinReadings(
    sources.map((days) => readingOf(days, month)),
    month,
  )
}

type Spending = Pick<
  BudgetRow,
  'spent' | 'percent' | 'forecast' | 'forecastError' | 'forecastWay' | 'forecasts' | 'daysLeft'
>

const NO_FORECAST = { forecast: null, forecastError: null, forecastWay: null, forecasts: [], daysLeft: null }

/** Computes the spend of this month as far as it was read, and the forecast of all of it. */
function computeSpending(
  spend: readonly DaySpend[],
  amount: number,
  { today, to, days, reading }: PlaceReading & { readonly today: number },
): Spending {
  const { start } = monthSpan(today)
  const own = spend.filter(({ day }) => day >= start)
  const isRead = own.length > 0 || reading.state !== 'none'
  const spent = isRead ? own.reduce((sum, { cost }) => sum + cost, 0) : null
  const known = { spent, percent: spent === null ? null : computePercent(spent, amount) }
  const read = days.at(-1)?.to
  if (to === null || read === undefined) return { ...known, ...NO_FORECAST }
  const asOf = { today, read, days }
  const forecast = forecastMonth(spend, asOf)
  return {
    ...known,
    forecast: forecast.cost,
    forecastError: forecast.error,
    forecastWay: forecast.way,
    forecasts: forecast.ways.map(({ way, cost, error }) => ({ way, amount: cost, error })),
    daysLeft: daysUntil(spend, asOf, amount, forecast.way),
  }
}

/** Places with a budget or limit: the same for all limits and budgets of one place. */
function placeKey({ clientId, connection, project }: BudgetAmount): string {
  return `${clientId} ${connection?.id ?? ''} ${project?.id ?? ''}`
}

function findAudit(reader: Reader, agreed: BudgetAmount): BudgetRow['audit'] {
  const { connectionId, read, held, findingId } = heldThere(reader, agreed)
  const state = connectionId === null ? 'apart' : auditLimit(agreed, held, read)
  return { state, held: held.map((each) => ({ ...each })), findingId: state === 'agrees' ? null : findingId }
}

/** A budget or limit that this month's spend has reached a threshold of, or whose usage is not known. */
export interface PressingBudget {
  readonly of: BudgetAmount
  readonly spent: number
  readonly percent: number
  /** True if it reached one of its thresholds, or all of it is spent. */
  readonly isReached: boolean
  /** Not all days of this month up to yesterday were read. */
  readonly isUnread: boolean
}

/** Budgets and limits in scope that need a person; of several of one place that are reached, the most spent one. */
export function pressingBudgets(context: Context, scope: Scope): PressingBudget[] {
  const pressing = listStandings(getReader(context), scope, dayNumber(context.now())).flatMap(
    ({ of, spent, isUnread }): PressingBudget[] => {
      const percent = computePercent(spent, of.amount)
      const isReached = percent >= 100 || reached(of.thresholds, spent, of.amount).length > 0
      return isReached || isUnread ? [{ of, spent, percent, isReached, isUnread }] : []
    },
  )
  return [...Map.groupBy(pressing, ({ of }) => placeKey(of)).values()].flatMap((own) =>
    own.toSorted((a, b) => b.percent - a.percent || a.of.subject.localeCompare(b.of.subject)).slice(0, 1),
  )
}

interface Standing {
  readonly of: BudgetAmount
  /** Micro-USD of the month that holds the day, as far as it was read: a threshold that this reaches is reached. */
  readonly spent: number
  readonly isUnread: boolean
}

/** Lists the limits of spend up to this day of the month: not the cap of a usage tier, which no one set. */
function listStandings(reader: Reader, scope: Scope, today: number): Standing[] {
  const places = new Map<string, DaySpending>()
  const readings = clientReadings(reader, scope)
  return budgeted(reader, scope)
    .filter(({ tier }) => !tier)
    .map((of) => {
      const place = placeKey(of)
      const spending = places.get(place) ?? daySpend(reader, of, { from: monthSpan(today).start, to: today + 1 })
      places.set(place, spending)
      const spent = spending.days.reduce((sum, { cost }) => sum + cost, 0)
      const { reading } = readPlace(readings.get(of.clientId), of, spending, today)
      return { of, spent, isUnread: reading.state !== 'whole' }
    })
}

/**
 * Sends alerts for thresholds that were reached: each once a month, also after a restart or sleep. If several were
 * reached together, only the highest is shown. A terminal sends no alert and records nothing, so that the next window or
 * runner does. Returns how many were sent. Throws `Refusal` READ_ONLY.
 */
export function checkBudgets(context: Context): number {
  assertWritable(context)
  const reader = getReader(context)
  const at = context.now()
  const today = dayNumber(at)
  const month = monthOfDay(today)
  const known = Map.groupBy(budgetAlerts(reader, month), ({ subject }) => subject)
  const fresh = listStandings(reader, {}, today).flatMap(({ of, spent }) => {
    const before = new Set((known.get(of.subject) ?? []).map(({ threshold }) => threshold))
    const now = reached(of.thresholds, spent, of.amount).filter((threshold) => !before.has(threshold))
    return now.length === 0 ? [] : [{ of, spent, thresholds: now }]
  })
  return remind(context, fresh, {
    record: (writer, { of: { subject }, thresholds }) => {
      for (const threshold of thresholds) noteAlert(writer, month, { subject, threshold, at })
    },
    one: ({ of, spent, thresholds }) => ({
      title: `${of.client.name}: ${Math.max(...thresholds)} % of the month is spent`,
      body: `${getPlace(of)}: ${dollarText(spent)} of ${dollarText(of.amount)} USD in ${monthText(month)}.`,
      to: `/usage/budgets?client=${encodeURIComponent(of.client.slug)}`,
    }),
    areas: ['usage'],
  })
}

/**
 * Deletes the alerts of a client for thresholds that are no longer reached this month, since an import was undone: they
 * are sent when the thresholds are reached again. `at` is in milliseconds.
 */
export function forgetUnreached(writer: Writer, client: string, at: number): void {
  const today = dayNumber(at)
  const month = monthOfDay(today)
  const reported = Map.groupBy(budgetAlerts(writer, month), ({ subject }) => subject)
  for (const { of, spent } of listStandings(writer, { client }, today)) {
    const still = reached(of.thresholds, spent, of.amount)
    for (const { subject, threshold } of reported.get(of.subject) ?? []) {
      if (!still.includes(threshold)) forgetAlert(writer, month, { subject, threshold })
    }
  }
}

/** The name of a budget's place: its project, connection or client. */
export function getPlace({ project, connection, client }: BudgetAmount): string {
  return project?.name ?? connection?.label ?? client.name
}

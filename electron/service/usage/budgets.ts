import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import { dayNumber, monthOfDay, monthText } from '../../../shared/domain/usage/faces.ts'
import { daysUntil, forecastMonth, monthSpan } from '../../../shared/domain/usage/forecast.ts'
import { dollarText } from '../../../shared/domain/usage/money.ts'
import { auditLimit } from '../../../shared/domain/usage/limit-audit.ts'
import { percentOf, reached } from '../../../shared/domain/usage/threshold.ts'
import type { Reader } from '../../register/handles.ts'
import type { Scope } from '../../register/scope.ts'
import { budgetAlerts, budgeted, daySpend, tellBudget, type Budgeted } from '../../register/usage/budgets.ts'
import { heldThere } from '../../register/usage/limit-audit.ts'
import { assertWritable, type Context, readerOf, registerOf } from '../context.ts'

/** Days that a forecast looks back on: what days of the week spend, and what earlier months came to. */
const LOOK_BACK_DAYS = 250

/** Budgets and limits in scope with what this month has spent of them, most spent first. */
export function budgetRows(context: Context, scope: Scope): BudgetRow[] {
  const reader = readerOf(context)
  const today = dayNumber(context.now())
  const told = Map.groupBy(budgetAlerts(reader, monthOfDay(today)), ({ subject }) => subject)
  const all = budgeted(reader, scope)
  const agreedAt = new Map(all.flatMap((of) => (of.budgetId === null ? [] : [[placeKey(of), of] as const])))
  const series = new Map<string, ReturnType<typeof daySpend>>()
  return all
    .map((of): BudgetRow => {
      const place = placeKey(of)
      const days = series.get(place) ?? daySpend(reader, of, { from: today - LOOK_BACK_DAYS, to: today + 1 })
      series.set(place, days)
      const spent = days.reduce((sum, { day, cost }) => (day < monthSpan(today).start ? sum : sum + cost), 0)
      const forecast = forecastMonth(days, today)
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
        recorded: days.length > 0,
        spent,
        percent: percentOf(spent, of.amount),
        forecast: forecast.cost,
        forecastError: forecast.error,
        forecastWay: forecast.way,
        forecasts: forecast.ways.map(({ way, cost, error }) => ({ way, amount: cost, error })),
        daysLeft: daysUntil(days, today, of.amount, forecast.way),
        told: (told.get(of.subject) ?? []).map(({ threshold, at }) => ({ threshold, at })),
        audit: agreed === undefined ? null : auditOf(reader, agreed),
      }
    })
    .toSorted((a, b) => b.percent - a.percent || a.rowKey.localeCompare(b.rowKey))
}

/** Where something was agreed: the same for all limits and budgets of one place. */
function placeKey({ clientId, connection, project }: Budgeted): string {
  return `${clientId} ${connection?.id ?? ''} ${project?.id ?? ''}`
}

function auditOf(reader: Reader, agreed: Budgeted): BudgetRow['audit'] {
  const { connectionId, read, held, findingId } = heldThere(reader, agreed)
  const state = connectionId === null ? 'apart' : auditLimit(agreed, held, read)
  return { state, held: held.map((each) => ({ ...each })), findingId: state === 'agrees' ? null : findingId }
}

/** How far what may be spent this month is spent, client by client. */
export interface BudgetCounts {
  /** Budgets and limits of which all is spent. */
  readonly spent: number
  /** Those of which a threshold is reached and not all is spent, and the most that is spent of one of them, in per cent. */
  readonly near: number
  readonly most: number
}

/** Counts by the slug of the client; clients without either are left out. */
export function budgetCounts(context: Context, scope: Scope): Map<string, BudgetCounts> {
  const counts = new Map<string, BudgetCounts>()
  for (const { of, spent } of standingsOf(readerOf(context), scope, dayNumber(context.now()))) {
    const passed = reached(of.thresholds, spent, of.amount).length > 0
    const percent = percentOf(spent, of.amount)
    if (!passed && percent < 100) continue
    const before = counts.get(of.client.slug) ?? { spent: 0, near: 0, most: 0 }
    counts.set(
      of.client.slug,
      percent >= 100
        ? { ...before, spent: before.spent + 1 }
        : { ...before, near: before.near + 1, most: Math.max(before.most, percent) },
    )
  }
  return counts
}

interface Standing {
  readonly of: Budgeted
  /** Micro-USD of the month that holds the day. */
  readonly spent: number
}

function standingsOf(reader: Reader, scope: Scope, today: number): Standing[] {
  const places = new Map<string, number>()
  return budgeted(reader, scope)
    .filter(({ tier }) => !tier)
    .map((of) => {
      const place = placeKey(of)
      const spent =
        places.get(place) ??
        daySpend(reader, of, { from: monthSpan(today).start, to: today + 1 }).reduce((sum, { cost }) => sum + cost, 0)
      places.set(place, spent)
      return { of, spent }
    })
}

/**
 * Tells thresholds that were reached: each once a month, also after a restart or sleep. Of several that were reached at
 * once the highest speaks for all. A terminal tells nobody and remembers nothing, so that the next window does. Returns how
 * many were told. Throws `Refusal` READ_ONLY.
 */
export function checkBudgets(context: Context): number {
  assertWritable(context)
  if (context.host.shell === 'terminal') return 0
  const reader = readerOf(context)
  const at = context.now()
  const today = dayNumber(at)
  const month = monthOfDay(today)
  const known = Map.groupBy(budgetAlerts(reader, month), ({ subject }) => subject)
  const fresh = standingsOf(reader, {}, today).flatMap(({ of, spent }) => {
    const before = new Set((known.get(of.subject) ?? []).map(({ threshold }) => threshold))
    const now = reached(of.thresholds, spent, of.amount).filter((threshold) => !before.has(threshold))
    return now.length === 0 ? [] : [{ of, spent, thresholds: now }]
  })
  // A check that finds nothing leaves the register as it is.
  if (fresh.length === 0) return 0
  registerOf(context).transact((writer) => {
    for (const { of, thresholds } of fresh) {
      for (const threshold of thresholds) tellBudget(writer, month, { subject: of.subject, threshold, at })
    }
  })
  for (const { of, spent, thresholds } of fresh) {
    context.host.notify({
      title: `${of.client.name}: ${Math.max(...thresholds)} % of the month is spent`,
      body: `${placeOf(of)}: ${dollarText(spent)} of ${dollarText(of.amount)} USD in ${monthText(month)}.`,
      to: `/usage/budgets?client=${encodeURIComponent(of.client.slug)}`,
    })
  }
  context.events.changed('usage')
  return fresh.length
}

function placeOf({ project, connection, client }: Budgeted): string {
  return project?.name ?? connection?.label ?? client.name
}

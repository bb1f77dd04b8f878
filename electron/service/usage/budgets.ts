import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import { dayNumber, monthOfDay, monthText } from '../../../shared/domain/usage/faces.ts'
import { daysUntil, forecastMonth, monthSpan } from '../../../shared/domain/usage/forecast.ts'
import { dollarText } from '../../../shared/domain/usage/money.ts'
import { percentOf, reached } from '../../../shared/domain/usage/threshold.ts'
import type { Scope } from '../../register/scope.ts'
import { budgetAlerts, budgeted, daySpend, tellBudget, type Budgeted } from '../../register/usage/budgets.ts'
import { assertWritable, type Context, readerOf, registerOf } from '../context.ts'

/** Days that a forecast looks back on: what days of the week spend, and what earlier months came to. */
const LOOK_BACK_DAYS = 250

/** Budgets and limits in scope with what this month has spent of them, most spent first. */
export function budgetRows(context: Context, scope: Scope): BudgetRow[] {
  const reader = readerOf(context)
  const today = dayNumber(context.now())
  const told = Map.groupBy(budgetAlerts(reader, monthOfDay(today)), ({ subject }) => subject)
  return budgeted(reader, scope)
    .map((of): BudgetRow => {
      const days = daySpend(reader, of, { from: today - LOOK_BACK_DAYS, to: today + 1 })
      const spent = days.reduce((sum, { day, cost }) => (day < monthSpan(today).start ? sum : sum + cost), 0)
      const forecast = forecastMonth(days, today)
      return {
        rowKey: of.subject,
        budgetId: of.budgetId,
        client: of.client,
        connection: of.connection,
        project: of.project,
        amount: of.amount,
        enforcement: of.enforcement,
        thresholds: [...of.thresholds],
        recorded: days.length > 0,
        spent,
        percent: percentOf(spent, of.amount),
        forecast: forecast.cost,
        forecastError: forecast.error,
        daysLeft: daysUntil(days, today, of.amount),
        told: (told.get(of.subject) ?? []).map(({ threshold, at }) => ({ threshold, at })),
      }
    })
    .toSorted((a, b) => b.percent - a.percent || a.rowKey.localeCompare(b.rowKey))
}

/**
 * Tells thresholds that were reached: each once a month, also after a restart or sleep. Of several that were reached at
 * once the highest speaks for all. Returns how many were told. Throws `Refusal` READ_ONLY.
 */
export function checkBudgets(context: Context): number {
  assertWritable(context)
  const reader = readerOf(context)
  const at = context.now()
  const today = dayNumber(at)
  const month = monthOfDay(today)
  const known = Map.groupBy(budgetAlerts(reader, month), ({ subject }) => subject)
  const fresh = budgeted(reader, {}).flatMap((of) => {
    const spent = daySpend(reader, of, { from: monthSpan(today).start, to: today + 1 }).reduce(
      (sum, { cost }) => sum + cost,
      0,
    )
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
      to: `/usage?client=${encodeURIComponent(of.client.slug)}`,
    })
  }
  context.events.changed('usage')
  return fresh.length
}

function placeOf({ project, connection, client }: Budgeted): string {
  return project?.name ?? connection?.label ?? client.name
}

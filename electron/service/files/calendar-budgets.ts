import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { daysText, isFromFirst } from '../../../shared/domain/usage/read-days.ts'
import { dayNumber, dayText, monthOfDay, monthText } from '../../../shared/domain/usage/rollups.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import type { BudgetEvent } from '../../../shared/report/calendar.ts'
import type { Scope } from '../../register/db/scope.ts'
import { type Context, getToday } from '../core/context.ts'
import { budgetRows } from '../usage/budget-spend.ts'

type UidOf = (budget: { readonly place: string; readonly month: string; readonly what: 'forecast' | number }) => string

/**
 * The days of this month that concern budgets and limits in scope: on which the amount is reached if spend goes on as
 * forecast, and today where an alert for a threshold was sent: a calendar has no event of the past.
 */
export function budgetEvents(context: Context, scope: Scope, uidOf: UidOf): BudgetEvent[] {
  const today = dayNumber(context.now())
  const month = monthText(monthOfDay(today))
  return budgetRows(context, scope).flatMap((row): BudgetEvent[] => {
    if (row.tier) return []
    const name = row.project?.name ?? row.connection?.label ?? row.client.name
    const what = row.budgetId === null ? 'Limit' : 'Budget'
    const place = `${row.client.slug} ${row.rowKey.replace(/: \d+$/u, '')}`
    const common = { client: row.client.name, details: toDetails(row, month) }
    const isOfToday = ({ at }: (typeof row.reported)[number]): boolean => toLocalDay(at) === getToday(context)
    const reported = row.reported.filter(isOfToday).map(({ threshold, at }) => ({
      ...common,
      uid: uidOf({ place, month, what: threshold }),
      on: toLocalDay(at),
      summary: `${what} of ${name}: ${threshold} % of the month reached`,
    }))
    if (row.daysLeft === null || row.daysLeft === 0) return reported
    const forecast = {
      ...common,
      uid: uidOf({ place, month, what: 'forecast' }),
      on: dayText(today + row.daysLeft),
      summary: `${what} of ${name} reaches ${dollarText(row.amount)} USD by forecast`,
    }
    return [...reported, forecast]
  })
}

function toDetails(row: BudgetRow, month: string): string[] {
  const error = row.forecastError === null ? '' : `, ± ${Math.round(row.forecastError * 100)} %`
  return [
    `Client: ${row.client.name}`,
    ...(row.connection === null ? [] : [`Organization: ${row.connection.label}`]),
    ...(row.project === null ? [] : [`Project: ${row.project.name}`]),
    row.spent === null
      ? `Spent in ${month}: not read, of ${dollarText(row.amount)} USD`
      : `Spent in ${month}: ${dollarText(row.spent)} of ${dollarText(row.amount)} USD (${row.percent} %)`,
    row.forecast === null ? 'Forecast: unknown' : `Forecast: ${dollarText(row.forecast)} USD${error}`,
    row.readThrough === null
      ? 'Usage was not read.'
      : row.reading.state === 'part' && !isFromFirst(row.reading.days)
        ? `Usage was read on ${daysText(row.reading.days)}.`
        : `Usage was read through ${row.readThrough}.`,
  ]
}

import type { BudgetRow } from '../../shared/contract/budgets.ts'
import { dollarText } from '../../shared/domain/usage/money.ts'
import type { Field } from './listing.ts'
import { bad, painterOf, warning } from './text/paint.ts'
import { shown } from './text/shown.ts'

const WARN = 80
const FULL = 100

/** What the terminal says of a budget; colours only where it is asked for. */
export function budgetFields(colour: boolean): readonly Field<BudgetRow>[] {
  const paint = painterOf(colour)
  return [
    { key: 'budgetId', json: (row) => row.budgetId, column: { title: 'ID', align: 'right' } },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', flexible: true } },
    { key: 'connectionId', json: (row) => row.connection?.id ?? null },
    { key: 'connection', json: (row) => row.connection?.label ?? null },
    { key: 'projectId', json: (row) => row.project?.id ?? null },
    { key: 'project', json: (row) => row.project?.name ?? null },
    {
      key: 'of',
      json: (row) => row.project?.name ?? row.connection?.label ?? row.client.name,
      column: { title: 'Of', flexible: true },
      cell: (row) => shown(row.project?.name ?? row.connection?.label ?? row.client.name),
    },
    { key: 'enforcement', json: (row) => row.enforcement, column: { title: 'Kind' } },
    { key: 'source', json: (row) => (row.budgetId === null ? 'provider' : 'agreed'), column: { title: 'Source' } },
    money('amount', 'Amount'),
    { key: 'recorded', json: (row) => row.recorded },
    money('spent', 'Spent'),
    {
      key: 'percent',
      json: (row) => row.percent,
      column: { title: '%', align: 'right' },
      cell: ({ percent, recorded }) => {
        if (!recorded) return '-'
        if (percent >= FULL) return bad(paint, String(percent))
        return percent >= WARN ? warning(paint, String(percent)) : String(percent)
      },
    },
    money('forecast', 'Forecast'),
    { key: 'forecastError', json: (row) => row.forecastError },
    { key: 'daysLeft', json: (row) => row.daysLeft, column: { title: 'Days left', align: 'right' } },
    { key: 'thresholds', json: (row) => row.thresholds.join(' ') },
    { key: 'told', json: (row) => row.told.map(({ threshold }) => threshold).join(' ') },
  ]
}

/** In JSON micro-USD, in the table dollars. */
function money(key: 'amount' | 'spent' | 'forecast', title: string): Field<BudgetRow> {
  return {
    key: `${key}Micros`,
    json: (row) => row[key],
    column: { title, align: 'right' },
    cell: (row) => (key === 'amount' || row.recorded ? dollarText(row[key]) : '-'),
  }
}

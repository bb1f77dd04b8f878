import type { BudgetRow, AnomalyRow } from '../../../../shared/contract/budgets.ts'
import { daysText, isFromFirst, READ_WORDS } from '../../../../shared/domain/usage/read-days.ts'
import type { ForecastWay } from '../../../../shared/domain/usage/forecast.ts'
import { dollarText } from '../../../../shared/domain/text/money.ts'
import { instant, text } from '../../../../shared/nouns/noun.ts'
import type { Field } from '../../kit/listing.ts'
import { makeFields } from '../../kit/noun.ts'
import { bad, type Painter, warning } from '../../kit/text/paint.ts'
import { shown } from '../../kit/text/shown.ts'

const WARN = 80
const FULL = 100

/** The columns and JSON keys of a budget. */
export function budgetFields(paint: Painter): readonly Field<BudgetRow>[] {
  return [
    { key: 'budgetId', json: (row) => row.budgetId, column: { title: 'ID', align: 'right' } },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
    { key: 'connectionId', json: (row) => row.connection?.id ?? null },
    { key: 'connection', json: (row) => row.connection?.label ?? null },
    { key: 'projectId', json: (row) => row.project?.id ?? null },
    { key: 'project', json: (row) => row.project?.name ?? null },
    {
      key: 'of',
      json: (row) => row.project?.name ?? row.connection?.label ?? row.client.name,
      column: { title: 'Scope', flexible: true },
      cell: (row) => shown(row.project?.name ?? row.connection?.label ?? row.client.name),
    },
    { key: 'enforcement', json: (row) => row.enforcement, column: { title: 'Kind' } },
    { key: 'source', json: sourceWord, column: { title: 'Source', optional: true } },
    money('amount', 'Amount'),
    money('spent', 'Spent'),
    {
      key: 'percent',
      json: (row) => row.percent,
      column: { title: '%', align: 'right' },
      cell: ({ percent }) => {
        if (percent === null) return '-'
        if (percent >= FULL) return bad(paint, String(percent))
        return percent >= WARN ? warning(paint, String(percent)) : String(percent)
      },
    },
    money('forecast', 'Forecast'),
    {
      key: 'forecastError',
      json: (row) => row.forecastError,
      column: { title: '±', align: 'right', optional: true },
      cell: ({ forecastError }) => (forecastError === null ? '-' : `${Math.round(forecastError * 100)} %`),
    },
    {
      key: 'forecastWay',
      json: (row) => row.forecastWay,
      column: { title: 'Method', optional: true },
      cell: (row) => row.forecastWay ?? '-',
    },
    wayField('weekday', 'Micros', ({ amount }) => amount),
    wayField('weekday', 'Error', ({ error }) => error),
    wayField('run-rate', 'Micros', ({ amount }) => amount),
    wayField('run-rate', 'Error', ({ error }) => error),
    {
      key: 'readThrough',
      json: (row) => row.readThrough,
      column: { title: 'Read through' },
      cell: (row) => (row.reading.state === 'whole' ? (row.readThrough ?? '-') : warning(paint, readWord(row))),
    },
    { key: 'reading', json: ({ reading }) => READ_WORDS[reading.state] },
    { key: 'readDays', json: ({ reading }) => (reading.state === 'part' ? daysText(reading.days) : null) },
    { key: 'behind', json: (row) => row.behind },
    { key: 'daysLeft', json: (row) => row.daysLeft, column: { title: 'Days left', align: 'right' } },
    { key: 'thresholds', json: (row) => row.thresholds.join(' ') },
    { key: 'reported', json: (row) => row.reported.map(({ threshold }) => threshold).join(' ') },
    {
      key: 'agrees',
      json: (row) => row.audit?.state ?? null,
      column: { title: 'At the provider', flexible: true },
      cell: (row) => {
        const word = agreesWord(row)
        return row.audit?.state === 'differs' && row.budgetId !== null ? warning(paint, word) : word
      },
    },
    {
      key: 'recipients',
      json: (row) => row.recipients?.join(' ') ?? null,
      column: { title: 'Notifies', flexible: true, optional: true },
      cell: (row) => shown(row.recipients?.join(', ') ?? ''),
    },
    { key: 'enforcing', json: (row) => row.enforcing },
    ...setByFields<BudgetRow>(),
    { key: 'heldMicros', json: (row) => row.audit?.held.map(({ amount }) => amount).join(' ') ?? null },
  ]
}

/** By whom and when the provider recorded that a limit was set. */
export function setByFields<Row extends Pick<BudgetRow, 'setBy'>>(): readonly Field<Row>[] {
  return makeFields<Row>(
    {
      setBy: text('Set by', { table: { flexible: true, optional: true } }, (row) => row.setBy?.name ?? null),
      setAt: instant('', {}, (row) => row.setBy?.at ?? null),
    },
    { setBy: (row) => shown(row.setBy?.name ?? '') },
  )
}

/** The last read day, where all days of the month before it were read; else the read days of the month. */
function readWord({ reading, readThrough }: BudgetRow): string {
  if (readThrough === null) return READ_WORDS.none
  return reading.state !== 'part' || isFromFirst(reading.days) ? readThrough : daysText(reading.days)
}

/** `usage tier`: the cap that the provider sets; it is not a budget and fails nothing. */
function sourceWord({ budgetId, tier }: BudgetRow): string {
  if (tier) return 'usage tier'
  return budgetId === null ? 'provider' : 'agreed'
}

/** The agreement of the provider's limit: `yes`, `no (provider 500.00)`, `none at provider`, or why it is unknown. */
function agreesWord({ audit, budgetId }: BudgetRow): string {
  if (audit === null) return 'nothing agreed'
  const held = budgetId === null ? '' : ` (provider ${audit.held.map(({ amount: one }) => dollarText(one)).join(', ')})`
  return AGREES[audit.state].replace('$', held)
}

const AGREES: Readonly<Record<NonNullable<BudgetRow['audit']>['state'], string>> = {
  agrees: 'yes',
  differs: 'no$',
  none: 'none at provider',
  unread: 'not read',
  apart: 'no one place',
}

function wayField(
  way: ForecastWay,
  what: 'Micros' | 'Error',
  value: (forecast: BudgetRow['forecasts'][number]) => number | null,
): Field<BudgetRow> {
  const name = way === 'weekday' ? 'weekday' : 'runRate'
  return {
    key: `${name}${what}`,
    json: ({ forecasts }) => {
      const forecast = forecasts.find((one) => one.way === way)
      return forecast === undefined ? null : value(forecast)
    },
  }
}

/** In JSON micro-USD, in the table dollars. */
function money(key: 'amount' | 'spent' | 'forecast', title: string): Field<BudgetRow> {
  return {
    key: `${key}Micros`,
    json: (row) => row[key],
    column: { title, align: 'right' },
    cell: (row) => {
      const value = row[key]
      return value === null ? '-' : dollarText(value)
    },
  }
}

const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** The columns and JSON keys of an anomaly. Amounts are micro-USD or tokens, by `measure`. */
export const SUDDEN_FIELDS: readonly Field<AnomalyRow>[] = [
  { key: 'of', json: (row) => row.of, column: { title: 'Scope' } },
  {
    key: 'name',
    json: (row) => row.name,
    column: { title: 'Name', flexible: true },
    cell: (row) => shown(row.name),
  },
  { key: 'ref', json: (row) => row.ref },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'source', json: (row) => row.source },
  { key: 'measure', json: (row) => row.measure },
  { key: 'direction', json: (row) => row.direction, column: { title: 'Change' } },
  { key: 'firstDay', json: (row) => row.firstDay, column: { title: 'From' } },
  { key: 'lastDay', json: (row) => row.lastDay, column: { title: 'To' } },
  { key: 'days', json: (row) => row.days, column: { title: 'Days', align: 'right' } },
  amount('amount', 'Actual'),
  amount('usual', 'Expected'),
  { key: 'peakDay', json: (row) => row.peak.day },
  { key: 'peakAmount', json: (row) => row.peak.amount },
  { key: 'peakUsual', json: (row) => row.peak.usual },
  {
    key: 'before',
    json: (row) => row.before.map(({ day, amount: value }) => `${day}=${value}`).join(' '),
    column: { title: 'Same weekdays before', flexible: true },
    cell: (row) => row.before.map(({ amount: value }) => amountText(row, value)).join(' '),
  },
]

function amount(key: 'amount' | 'usual', title: string): Field<AnomalyRow> {
  return {
    key,
    json: (row) => row[key],
    column: { title, align: 'right' },
    cell: (row) => `${amountText(row, row[key])}${row.measure === 'tokens' ? ' tokens' : ''}`,
  }
}

function amountText({ measure }: AnomalyRow, value: number): string {
  return measure === 'tokens' ? COUNT.format(value) : dollarText(Math.round(value))
}

import type { BudgetRow, AnomalyRow } from '../../../shared/contract/budgets.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import type { ForecastWay } from '../../../shared/domain/usage/forecast.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { plural, wholeNumber } from '../../ui/relative.ts'
import type { Word } from '../../ui/words.ts'

const WARN = 80
const FULL = 100

/** How far it is spent, in a word: past which threshold, or in hand. */
export function spentWord({ percent, thresholds }: BudgetRow): Word {
  if (percent === null) return { tone: 'quiet', word: 'Not read' }
  if (percent >= FULL) return { tone: 'bad', word: 'Spent' }
  const passed = thresholds.filter((threshold) => percent >= threshold).at(-1)
  if (passed === undefined) return { tone: 'good', word: 'In hand' }
  return { tone: percent >= WARN ? 'warn' : 'info', word: `Past ${passed} %` }
}

/** What it is called by: the project, the connection, or the whole client. */
export function placeName({ project, connection, client }: BudgetRow): string {
  return project?.name ?? connection?.label ?? client.name
}

/** What kind of place that is. */
export function placeWord({ project, connection, tier }: BudgetRow): string {
  if (tier) return 'usage tier of the organization'
  if (project !== null) return `project, ${connection?.label ?? ''}`
  return connection === null ? 'whole client' : 'organization'
}

export function kindWord(enforcement: BudgetRow['enforcement']): string {
  return enforcement === 'hard' ? 'Hard limit' : 'Alert'
}

/** Who says so. */
export function sourceWord({ budgetId, connection, tier }: BudgetRow): string {
  if (tier) return 'Usage tier, set by the provider'
  if (budgetId !== null) return 'Agreed here'
  return connection === null ? 'Provider' : `Held by ${providerName(connection.provider)}`
}

const WAYS: Readonly<Record<ForecastWay, string>> = { weekday: 'by weekday', 'run-rate': 'by run rate' }

export function wayWord(way: ForecastWay): string {
  return WAYS[way]
}

export function errorWord(error: number | null): string {
  return error === null ? 'error unknown' : `± ${Math.round(error * 100)} %`
}

/** Both ways and how far off each was, for whoever asks why. */
export function forecastWords({ forecasts, forecastError }: BudgetRow): string {
  const ways = forecasts.map(
    ({ way, amount, error }) => `${wayWord(way)} ${dollarText(amount)} USD, ${errorWord(error)}`,
  )
  const why =
    forecastError === null
      ? 'Too little is known of earlier months to say which is better'
      : 'The one that was closer in earlier months is used'
  return `${ways.join('; ')}. ${why}.`
}

export function leftWord({ daysLeft, forecast, percent }: BudgetRow): string {
  if (forecast === null && (percent ?? 0) < FULL) return '–'
  if (daysLeft === 0) return (percent ?? 0) < FULL ? 'by forecast, already' : 'reached'
  return daysLeft === null ? 'not this month' : `in ${plural(daysLeft, 'day')}`
}

/** How far usage was read: what is said beyond that day is forecast. */
export function readWord({ readThrough, behind }: BudgetRow): Word {
  if (readThrough === null) return { tone: 'warn', word: 'Usage not read' }
  return { tone: behind ? 'warn' : 'quiet', word: `Read through ${readThrough}` }
}

type Audit = NonNullable<BudgetRow['audit']>

const AUDITS: Readonly<Record<Audit['state'], (held: string) => Word & { readonly why: string }>> = {
  agrees: (held) => ({ tone: 'good', word: 'Agrees', why: `The provider holds ${held}.` }),
  differs: (held) => ({
    tone: 'bad',
    word: `Provider: ${held}`,
    why: `The provider holds ${held}, which is not what was agreed.`,
  }),
  none: () => ({
    tone: 'warn',
    word: 'None at provider',
    why: 'The provider holds neither a limit nor an alert there.',
  }),
  unread: () => ({
    tone: 'quiet',
    word: 'Not read',
    why: 'No sync could read the limits that the provider holds there.',
  }),
  apart: () => ({
    tone: 'quiet',
    word: 'No one place',
    why: 'The client has no organization, or several: none can hold it alone.',
  }),
}

/** Whether the provider holds what was agreed, in a word; and the whole of it. */
export function auditWord({ state, held }: Audit): Word & { readonly why: string } {
  const amounts = held.map(
    ({ amount, enforcement }) => `${dollarText(amount)} (${kindWord(enforcement).toLowerCase()})`,
  )
  return AUDITS[state](amounts.join(', '))
}

/** An amount of a sudden change, with its unit. */
export function amountWord(measure: AnomalyRow['measure'], amount: number): string {
  if (measure === 'tokens') return plural(Math.round(amount), 'token')
  return measure === 'cost' ? `${dollarText(Math.round(amount))} USD` : `≈ ${dollarText(Math.round(amount))} USD`
}

const DIRECTIONS: Readonly<Record<AnomalyRow['direction'], Word>> = {
  up: { tone: 'warn', word: 'Up' },
  down: { tone: 'info', word: 'Down to nothing' },
  new: { tone: 'info', word: 'New' },
}

export function directionWord({ direction }: AnomalyRow): Word {
  return DIRECTIONS[direction]
}

/** `12 times as much`, where that says something. */
export function timesWord({ amount, usual, direction }: AnomalyRow): string {
  if (direction === 'down') return 'nothing came'
  if (usual === 0) return 'nothing before'
  const times = amount / usual
  return `${times >= 10 ? wholeNumber(times) : times.toFixed(1)} times the usual`
}

import type { BudgetRow, AnomalyRow } from '../../../shared/contract/budgets.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { isFromFirst } from '../../../shared/domain/usage/read-days.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import type { ForecastWay } from '../../../shared/domain/usage/forecast.ts'
import {
  changePercent,
  moneyText,
  shortCount,
  signedMoney,
  signedPercent,
} from '../../../shared/domain/text/amounts.ts'
import { formatShortDay } from '../../../shared/domain/text/dates.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { addDays } from '../../../shared/domain/day.ts'
import type { Word } from '../../ui/words.ts'

const WARN = 80
const FULL = 100

/** The state of a budget in a word: the passed threshold, or on track. */
export function spentWord({ percent, thresholds, reading }: BudgetRow): Word {
  if (percent === null) return { tone: 'quiet', word: 'Not read' }
  if (percent >= FULL) return { tone: 'bad', word: 'Exceeded' }
  const passed = thresholds.filter((threshold) => percent >= threshold).at(-1)
  if (passed === undefined) {
    if (reading.state === 'whole') return { tone: 'good', word: 'On track' }
    // The spend of the other days is unknown.
    return { tone: 'quiet', word: reading.state === 'part' ? 'Read in part' : 'Not read' }
  }
  return { tone: percent >= WARN ? 'warn' : 'info', word: `Over ${passed} %` }
}

/** The name of its scope: the project, the connection, or the client. */
export function placeName({ project, connection, client }: BudgetRow): string {
  return project?.name ?? connection?.label ?? client.name
}

/** The kind of its scope. */
export function placeWord({ project, connection, tier }: BudgetRow): string {
  if (tier) return 'usage tier of the organization'
  if (project !== null) return connection?.label ?? 'project'
  return connection === null ? 'whole client' : 'organization'
}

export function kindWord(enforcement: BudgetRow['enforcement']): string {
  return enforcement === 'hard' ? 'Hard limit' : 'Alert'
}

/** The name of who set a limit, to begin a cell: `the key admin` → `The key admin`; names and addresses stay as they are. */
export function setByName(name: string | null): string | null {
  return name?.startsWith('the key ') === true ? capitalize(name) : name
}

/** Who set a limit. */
export function sourceWord({ connection, tier }: BudgetRow): string {
  if (tier) return 'Usage tier'
  return connection === null ? 'Provider' : providerName(connection.provider)
}

const WAYS: Readonly<Record<ForecastWay, string>> = { weekday: 'by weekday', 'run-rate': 'by run rate' }

function wayWord(way: ForecastWay): string {
  return WAYS[way]
}

export function errorWord(error: number | null): string {
  return error === null ? 'not enough history' : `± ${Math.round(error * 100)} %`
}

/** Both forecasts with their errors, as the explanation. */
export function forecastWords({ forecasts, forecastError }: BudgetRow): string {
  const ways = forecasts.map(
    ({ way, amount, error }) => `${wayWord(way)} ${dollarText(amount)} USD, ${errorWord(error)}`,
  )
  const why =
    forecastError === null
      ? 'Not enough history to choose between them'
      : 'The one that was closer in earlier months is used'
  return `${ways.join('; ')}. ${why}.`
}

/** When the amount is reached by forecast, or what the month is forecast to cost. `today` is the UTC day, from which `daysLeft` counts. */
export function outlookWord({ daysLeft, forecast, percent }: BudgetRow, today: string): Word {
  if ((percent ?? 0) >= FULL) return { tone: 'bad', word: 'Limit reached' }
  if (forecast === null) return { tone: 'quiet', word: 'No forecast' }
  if (daysLeft === 0) return { tone: 'warn', word: 'Limit reached, by forecast' }
  if (daysLeft !== null)
    return { tone: 'warn', word: `Reaches its limit on ${formatShortDay(addDays(today, daysLeft))}` }
  return { tone: 'quiet', word: `≈ ${dollarText(forecast)} by month end` }
}

/** The last day of synced usage, or the read days of the month where there are others: amounts of other days are forecast. */
export function readWord({ reading, readThrough }: BudgetRow): Word {
  if (readThrough === null) return { tone: 'warn', word: 'Usage not read' }
  const tone = reading.state === 'whole' ? 'quiet' : 'warn'
  if (reading.state !== 'part' || isFromFirst(reading.days)) {
    return { tone, word: `Read through ${formatShortDay(readThrough)}` }
  }
  const spans = reading.days.map(
    ({ from, to }) => `${formatShortDay(dayText(from))} through ${formatShortDay(dayText(to - 1))}`,
  )
  return { tone, word: `Read from ${spans.join(' and ')}` }
}

type Audit = NonNullable<BudgetRow['audit']>

const AUDITS: Readonly<Record<Audit['state'], (held: string) => Word & { readonly why: string }>> = {
  agrees: (held) => ({ tone: 'good', word: 'Agrees', why: `The provider’s limit is ${held}.` }),
  differs: (held) => ({
    tone: 'bad',
    word: `${held}, differs`,
    why: `The provider’s limit is ${held}, which differs from the budget.`,
  }),
  none: () => ({
    tone: 'warn',
    word: 'No provider limit',
    why: 'The provider has neither a limit nor an alert there.',
  }),
  unread: () => ({
    tone: 'quiet',
    word: 'Not read',
    why: 'No sync could read the provider’s limits there.',
  }),
  apart: () => ({
    tone: 'quiet',
    word: 'Not applicable',
    why: 'The client has no organization, or several: no single provider limit applies.',
  }),
}

/** How the provider's limit agrees with the budget, in a word; and in full. */
export function auditWord({ state, held }: Audit): Word & { readonly why: string } {
  const amounts = held.map(
    ({ amount, enforcement }) => `${dollarText(amount)} (${kindWord(enforcement).toLowerCase()})`,
  )
  return AUDITS[state](amounts.join(', '))
}

/** An amount of an anomaly, with its unit: an estimate marked as such, tokens in short. */
export function amountWord(measure: AnomalyRow['measure'], amount: number): string {
  if (measure === 'tokens') return `${shortCount(amount)} tokens`
  return `${measure === 'cost' ? '' : '≈ '}${moneyText(Math.round(amount))}`
}

/** How far an anomaly is from what was expected: `+$90.00`, and in per cent where something was. */
export function deviationWord({ measure, amount, usual }: AnomalyRow): string {
  const off = amount - usual
  const sign = off > 0 ? '+' : ''
  const size = measure === 'tokens' ? `${sign}${shortCount(off)} tokens` : signedMoney(Math.round(off))
  const percent = changePercent(amount, usual, ...(measure === 'tokens' ? [1] : []))
  return percent === null ? size : `${size} (${signedPercent(percent)})`
}

const DIRECTIONS: Readonly<Record<AnomalyRow['direction'], Word>> = {
  up: { tone: 'warn', word: 'Up' },
  down: { tone: 'info', word: 'Down to zero' },
  new: { tone: 'info', word: 'New' },
}

export function directionWord({ direction }: AnomalyRow): Word {
  return DIRECTIONS[direction]
}

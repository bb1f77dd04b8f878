import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import type { Enforcement } from '../../../shared/domain/facts.ts'
import { parseBudgetMicros, dollarText } from '../../../shared/domain/text/money.ts'
import { DEFAULT_THRESHOLDS } from '../../../shared/domain/usage/threshold.ts'

/** The form of a budget. Ids are texts, since a choice is one; empty means the whole of it. */
export interface BudgetValues {
  readonly client: string | null
  readonly connection: string | null
  readonly project: string | null
  readonly dollars: string
  readonly enforcement: Enforcement
  readonly thresholds: string
}

export function newBudget(client: string | undefined): BudgetValues {
  return {
    client: client ?? null,
    connection: null,
    project: null,
    dollars: '',
    enforcement: 'alert',
    thresholds: DEFAULT_THRESHOLDS.join(', '),
  }
}

export function toValues(row: BudgetRow): BudgetValues {
  return {
    client: row.client.slug,
    connection: row.connection === null ? null : String(row.connection.id),
    project: row.project === null ? null : String(row.project.id),
    dollars: dollarText(row.amount).replaceAll(',', ''),
    enforcement: row.enforcement,
    thresholds: row.thresholds.join(', '),
  }
}

function parsePercents(text: string): number[] | null {
  const percents = text.split(/[\s,;]+/u).flatMap((part) => (part === '' ? [] : [Number(part.replace(/%$/u, ''))]))
  const fit = percents.every((percent) => Number.isInteger(percent) && percent >= 1 && percent <= 1000)
  return fit && percents.length > 0 && percents.length <= 10 ? percents : null
}

function parseAmount(text: string): number | null {
  const amount = parseBudgetMicros(text.replaceAll(/[,$\s]/gu, ''))
  return amount === 0 ? null : amount
}

/** The mistakes in the form, by field. */
export function budgetProblems(values: BudgetValues): Partial<Record<keyof BudgetValues, string>> {
  return {
    ...(values.client === null ? { client: 'Choose the client' } : {}),
    ...(parseAmount(values.dollars) === null
      ? { dollars: 'Enter dollars and cents for a month, such as 500 or 99.50' }
      : {}),
    ...(parsePercents(values.thresholds) === null
      ? { thresholds: 'Enter up to ten whole percentages, such as 50, 80, 95, 100' }
      : {}),
  }
}

/** The form as input of the operation; null while it contains a mistake. */
export function budgetInput(values: BudgetValues): Inputs['budgets']['set'] | null {
  const { client, connection, project, enforcement } = values
  const [amount, thresholds] = [parseAmount(values.dollars), parsePercents(values.thresholds)]
  if (client === null || amount === null || thresholds === null) return null
  return {
    client,
    amount,
    enforcement,
    thresholds,
    ...(connection === null ? {} : { connection: Number(connection) }),
    ...(project === null ? {} : { project: Number(project) }),
  }
}

/** Sets a budget to the values of a row, for Undo. */
export function toInput({ client, connection, project, amount, enforcement, thresholds }: BudgetRow) {
  return {
    client: client.slug,
    amount,
    enforcement,
    thresholds: [...thresholds],
    ...(connection === null ? {} : { connection: connection.id }),
    ...(project === null ? {} : { project: project.id }),
  }
}

import { z } from 'zod'

import type { LimitFact } from '../../../../shared/domain/facts.ts'
import { dollarText, toMicroUsd } from '../../../../shared/domain/text/money.ts'
import { id as idOfRow, parseRow, raw, word } from '../../kit/rows.ts'
import type { Omission } from '../../kit/tally.ts'

/** The fields of a budget and of rate limits, which teams and keys carry alike. */
export const limitFields = { max_budget: raw, budget_duration: word, tpm_limit: raw, rpm_limit: raw }

type LimitFields = z.output<z.ZodObject<typeof limitFields>>

/** The proxy's durations by the words of the register; others are kept as they are. */
const PERIODS: ReadonlyMap<string, string> = new Map([
  ['1d', 'day'],
  ['24h', 'day'],
  ['7d', 'week'],
  ['30d', 'month'],
  ['1mo', 'month'],
])

const NO_AMOUNT = 'A limit without an amount.'

/** Of whom the limits are. */
interface Holder {
  /** As `team:ID`. */
  readonly id: string
  readonly project: string | null
  /** The name of a key, whose limits are not its team's; null for a team. */
  readonly key: string | null
}

/** The limits of a team or a key. A budget without a duration counts from the beginning. */
export function toLimits({ id, project, key }: Holder, limited: LimitFields, left: Omission[]): readonly LimitFact[] {
  const model = key === null ? null : `key ${key}`
  const common = { type: 'limit', project, enforcement: 'hard', model } as const
  const limits: LimitFact[] = []
  if (isGiven(limited.max_budget)) {
    const amount = toMicroUsd(String(limited.max_budget))
    const period =
      limited.budget_duration === null ? 'lifetime' : (PERIODS.get(limited.budget_duration) ?? limited.budget_duration)
    if (amount === null) left.push(NO_AMOUNT)
    else limits.push({ ...common, externalId: `spend:${id}`, kind: 'spend', metric: 'usd', amount, period })
  }
  const rates = [
    ['rpm', 'requests_per_minute', limited.rpm_limit],
    ['tpm', 'tokens_per_minute', limited.tpm_limit],
  ] as const
  for (const [word, metric, amount] of rates) {
    if (!isGiven(amount)) continue
    const whole = typeof amount === 'number' ? Math.round(amount) : Number.NaN
    if (!Number.isSafeInteger(whole) || whole < 0) left.push(NO_AMOUNT)
    else
      limits.push({
        ...common,
        externalId: `rate:${id}:${word}`,
        kind: 'rate',
        metric,
        amount: whole,
        period: 'minute',
      })
  }
  return limits
}

const budgetRow = z.object({ budget_id: idOfRow, ...limitFields })

/** The budgets that keys share, by their ids. */
export type Budgets = ReadonlyMap<string, LimitFields>

export function toBudgets(rows: readonly unknown[]): Budgets {
  const found = rows.map((row) => parseRow(budgetRow, row)).filter((budget) => budget !== null)
  return new Map(found.map((budget) => [budget.budget_id, budget]))
}

/** The limits of a shared budget that a key has: those where it has none of its own (the proxy's check of a key). */
export function besideOwn(budget: LimitFields, own: LimitFields): LimitFields {
  return {
    max_budget: isGiven(own.max_budget) ? null : budget.max_budget,
    budget_duration: budget.budget_duration,
    tpm_limit: isGiven(own.tpm_limit) ? null : budget.tpm_limit,
    rpm_limit: isGiven(own.rpm_limit) ? null : budget.rpm_limit,
  }
}

/** At which amount and rates a user is stopped, in words; none without limits. */
export function toTerms(limited: LimitFields, left: Omission[]): readonly string[] {
  return toLimits({ id: '', project: null, key: null }, limited, left).map(({ kind, metric, amount, period }) =>
    kind === 'spend'
      ? `$${dollarText(amount)} ${period === 'lifetime' ? 'in all' : `a ${period}`}`
      : `${amount} ${metric === 'requests_per_minute' ? 'requests' : 'tokens'} a minute`,
  )
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined
}

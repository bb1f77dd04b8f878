import { periodWord } from '../../kit/period.ts'
import { z } from 'zod'

import type { LimitFact } from '../../../../shared/domain/facts.ts'
import { toMicroUsd } from '../../../../shared/domain/text/money.ts'
import { id, parseRow, raw, word } from '../../kit/rows.ts'
import { UNREADABLE, type Reading } from '../../kit/tally.ts'

export const NO_AMOUNT = 'A limit without an amount.'

/** Micro-USD of an amount in dollars, a number or its text; null for anything else. */
export function microUsdOfDollars(value: unknown): number | null {
  return typeof value === 'number' || typeof value === 'string' ? toMicroUsd(String(value)) : null
}

/** A limit without a reset counts from the beginning. */
export function getPeriod(reset: string | null): string {
  return reset === null ? 'lifetime' : periodWord(reset)
}

const budgetRow = z.object({ id, limit_usd: raw, reset_interval: word })

/** One budget of a workspace; there is one for each period. */
export function budgetReading(row: unknown, workspace: string): Reading {
  const budget = parseRow(budgetRow, row)
  if (budget === null) return UNREADABLE
  const amount = microUsdOfDollars(budget.limit_usd)
  if (amount === null) return { id: budget.id, facts: [], left: [NO_AMOUNT] }
  const period = getPeriod(budget.reset_interval)
  const fact: LimitFact = {
    type: 'limit',
    // A budget that is set again gets another id: its place and period identify it.
    externalId: period === 'month' ? `spend:${workspace}` : `spend:${workspace}:${period}`,
    project: workspace,
    kind: 'spend',
    enforcement: 'hard',
    metric: 'usd',
    model: null,
    amount,
    period,
  }
  return { id: budget.id, facts: [fact], left: [] }
}

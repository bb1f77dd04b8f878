import { z } from 'zod'

import { USAGE_BOUNDS } from '../../../shared/domain/usage/bounds.ts'
import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import { costOfNano } from '../../../shared/domain/usage/cost.ts'
import { parseNanoUsd, parseNanoUsdOfCents } from '../../../shared/domain/text/money.ts'
import type { Exclusion } from '../../../shared/domain/source.ts'

/** A row of a report that brings no fact. */
export interface LeftOut {
  readonly left: string
  /** True if it holds something that counts and could not be read, so that its day is not whole. */
  readonly unread: boolean
  /** Its day where that is known: days since 1970-01-01, UTC. */
  readonly day: number | null
}

/** A row of a report, read. */
export type UsageRow = UsageFact | LeftOut

const isLeftOut = (row: UsageRow): row is LeftOut => 'left' in row

export const UNREADABLE_ROW = 'A row that cannot be read.'
export const ROW_WITHOUT_DAY = 'A row without a day.'

const BEYOND_BOUNDS = 'A row with more requests or tokens than a day can hold.'

function isBeyondBounds({ requests, input, cached, cacheWrite, output }: UsageFact): boolean {
  return requests > USAGE_BOUNDS.requests || Math.max(input, cached, cacheWrite, output) > USAGE_BOUNDS.tokens
}

/** A row that counts and could not be read. */
export function unreadable(left: string, day: number | null): LeftOut {
  return { left, unread: true, day }
}

const NOTHING = { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, cost: 0, estimate: 0 }

/** Where a fact belongs: everything but its sums. */
export type UsagePlace = Omit<UsageFact, keyof typeof NOTHING>

/** A fact of the sums that are given; the others are none. */
export function usageFactAt(
  place: UsagePlace,
  sums: Partial<Pick<UsageFact, keyof typeof NOTHING | 'costNano'>>,
): UsageFact {
  return { ...NOTHING, ...place, ...sums }
}

/**
 * The one rule for rows of money, in every unit and of every provider: an amount is a number or a text of any digit count,
 * a credit is negative and reduces the sum, a row without an amount is left out, and one that cannot be read, or is of
 * another currency, makes its day incomplete but discards nothing else.
 */
export function costRow(
  place: UsagePlace,
  amount: { readonly value: unknown; readonly currency?: unknown; readonly unit: 'dollars' | 'cents' },
): UsageRow {
  const { value, currency, unit } = amount
  if (value === undefined || value === null) return { left: 'A row without an amount.', unread: false, day: place.day }
  if (typeof currency === 'string' && currency !== '' && currency.toUpperCase() !== 'USD') {
    return unreadable('An amount in a currency other than US dollars.', place.day)
  }
  const nano = unit === 'cents' ? parseNanoUsdOfCents(value) : parseNanoUsd(value)
  if (nano === null) return unreadable('An amount that is not a number.', place.day)
  return usageFactAt(place, costOfNano(nano))
}

/** The facts of a reading, and what was left out of it. */
export interface UsageTally {
  /** Adds rows and returns their facts; `from` is the first day that they may be of. */
  take(rows: readonly UsageRow[], from: number): readonly UsageFact[]
  readonly excluded: readonly Exclusion[]
  /** The first day that is not whole; null when all are. */
  readonly unreadFrom: number | null
}

export function openUsageTally(): UsageTally {
  const left = new Map<string, number>()
  let unreadFrom: number | null = null
  return {
    take(rows, from) {
      const facts: UsageFact[] = []
      for (const row of rows) {
        const readable = isLeftOut(row) || !isBeyondBounds(row) ? row : unreadable(BEYOND_BOUNDS, row.day)
        if (!isLeftOut(readable)) {
          facts.push(readable)
          continue
        }
        const { left: reason, unread, day } = readable
        left.set(reason, (left.get(reason) ?? 0) + 1)
        if (unread) unreadFrom = Math.min(unreadFrom ?? Number.POSITIVE_INFINITY, day ?? from)
      }
      return facts
    },
    get excluded() {
      return [...left].map(([reason, count]) => ({ count, reason }))
    },
    get unreadFrom() {
      return unreadFrom
    },
  }
}

/** A count as a provider sends it, a number or its digits; what is missing counts as none, and what cannot be read fails. */
export const usageCount = z
  .union([
    z.number().int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,15}$/u)
      .transform(Number),
  ])
  .nullish()
  .transform((count) => count ?? 0)

/** A word as a provider sends it, or null. */
export const usageWord = z
  .string()
  .min(1)
  .nullish()
  .catch(null)
  .transform((word) => word ?? null)

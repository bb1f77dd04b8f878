import type { Enforcement } from '../facts.ts'

/** A limit on the cost of a month: money in micro-USD. */
export interface MonthLimit {
  readonly amount: number
  readonly enforcement: Enforcement
}

export interface AgreedLimit extends MonthLimit {
  /** In per cent of the amount. */
  readonly thresholds: readonly number[]
}

/**
 * How the provider's limit compares with the agreed one. `agrees`: it does. `differs`: it holds something else. `none`:
 * its list was read completely and contains nothing there. `unread`: it could not be read, so the answer is unknown.
 * `apart`: what was agreed spans several organizations and none can hold it.
 */
export const LIMIT_AGREEMENTS = ['agrees', 'differs', 'none', 'unread', 'apart'] as const
export type LimitAgreement = (typeof LIMIT_AGREEMENTS)[number]

/** An amount is held to the cent. */
const CENT = 10_000

/**
 * Compares what was agreed with what the provider holds at the same place. A hard limit has to be a hard limit of that
 * amount. An alert may be one at the amount or at any of the thresholds, since providers alert at an amount; but not a
 * hard limit below what was agreed, which would stop traffic that should only cause an alert.
 */
export function auditLimit(agreed: AgreedLimit, held: readonly MonthLimit[], read: boolean): LimitAgreement {
  if (held.length === 0) return read ? 'none' : 'unread'
  const isNear = (amount: number, wanted: number): boolean => Math.abs(amount - wanted) < CENT
  const hard = held.filter(({ enforcement }) => enforcement === 'hard')
  if (agreed.enforcement === 'hard') {
    return hard.length > 0 && hard.every(({ amount }) => isNear(amount, agreed.amount)) ? 'agrees' : 'differs'
  }
  if (hard.some(({ amount }) => amount <= agreed.amount - CENT)) return 'differs'
  const wanted = [agreed.amount, ...agreed.thresholds.map((threshold) => (agreed.amount * threshold) / 100)]
  const tells = held.some(({ amount, enforcement }) => {
    return enforcement === 'alert' && wanted.some((one) => isNear(amount, one))
  })
  return tells ? 'agrees' : 'differs'
}

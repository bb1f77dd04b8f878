import { addDays, daysBetween, type Day } from './day.ts'
import type { KeyKind } from './facts.ts'
import { hasEnded } from './ended.ts'
import { isProduction } from './naming.ts'
import type { Policy } from './policy.ts'

/**
 * Why a key was rotated. A leaver or a leak needs rotation immediately, whatever the interval (NIST IA-5(i), PCI
 * 8.6.3).
 */
export const ROTATION_TRIGGERS = ['scheduled', 'leaver', 'leak'] as const

export type RotationTrigger = (typeof ROTATION_TRIGGERS)[number]

/** The reason for the due day. */
export type DueBasis =
  | 'date'
  | 'key-interval'
  | 'admin-policy'
  | 'production-policy'
  | 'other-policy'
  | 'ceiling'
  | 'expiry'
  | 'retired'
  | 'tool'
  | 'decoy'
  | 'unknown'

export interface DueInput {
  readonly kind: KeyKind
  /** The provider's word: a key that is `archived` or `expired` is no longer valid and no longer due. */
  readonly status: string
  /** A tool made it for its owner, and makes another one: people do not rotate it. */
  readonly tool?: string | null
  /** 1 for a decoy, which nothing uses, so that people do not rotate it. */
  readonly decoy?: number
  readonly environment: string | null
  readonly createdOn: Day | null
  readonly lastRotatedOn: Day | null
  readonly expiresOn: Day | null
  /** Set for this key: a date takes precedence over an interval. */
  readonly intervalDays: number | null
  readonly dueOn: Day | null
}

export interface Due {
  /** Null if neither a creation date, a date nor an expiry is known. */
  readonly on: Day | null
  readonly basis: DueBasis
}

/**
 * The day on which a key has to be rotated: last rotated (else created) plus the interval, never later than the
 * provider's expiry. The ceiling bounds intervals; a date that a person set is kept as set.
 *
 * @example computeDue({ kind: 'admin', createdOn: '2026-01-01', … }, policy) // { on: '2026-04-01', basis:
 * 'admin-policy' }
 */
export function computeDue(key: DueInput, policy: Policy): Due {
  if (hasEnded(key.status)) return { on: null, basis: 'retired' }
  if (typeof key.tool === 'string') return { on: null, basis: 'tool' }
  if (key.decoy === 1) return { on: null, basis: 'decoy' }
  const planned = plannedDue(key, policy)
  if (key.expiresOn !== null && (planned.on === null || key.expiresOn < planned.on)) {
    return { on: key.expiresOn, basis: 'expiry' }
  }
  return planned
}

function plannedDue(key: DueInput, policy: Policy): Due {
  if (key.dueOn !== null) return { on: key.dueOn, basis: 'date' }
  const from = key.lastRotatedOn ?? key.createdOn
  if (from === null) return { on: null, basis: 'unknown' }
  const { days, basis } = computeInterval(key, policy)
  return { on: addDays(from, days), basis }
}

function computeInterval(key: DueInput, policy: Policy): { readonly days: number; readonly basis: DueBasis } {
  const chosen = chosenInterval(key, policy)
  return chosen.days > policy.ceilingDays ? { days: policy.ceilingDays, basis: 'ceiling' } : chosen
}

function chosenInterval(key: DueInput, policy: Policy): { readonly days: number; readonly basis: DueBasis } {
  if (key.intervalDays !== null) return { days: key.intervalDays, basis: 'key-interval' }
  if (key.kind === 'admin') return { days: policy.adminKeyDays, basis: 'admin-policy' }
  if (isProduction(key.environment)) return { days: policy.productionKeyDays, basis: 'production-policy' }
  return { days: policy.otherKeyDays, basis: 'other-policy' }
}

export const ROTATION_STATES = ['overdue', 'due', 'ok', 'unknown'] as const

export type RotationState = (typeof ROTATION_STATES)[number]

/**
 * `due` means within the longest lead time of the policy; on the due day itself a key is due, the day after it is
 * overdue.
 */
export function rotationState(dueOn: Day | null, today: Day, policy: Pick<Policy, 'leadDays'>): RotationState {
  if (dueOn === null) return 'unknown'
  const left = daysBetween(today, dueOn)
  if (left < 0) return 'overdue'
  return left <= longestLead(policy) ? 'due' : 'ok'
}

export function longestLead(policy: Pick<Policy, 'leadDays'>): number {
  return Math.max(0, ...policy.leadDays)
}

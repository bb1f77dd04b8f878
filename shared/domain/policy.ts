import { DEFAULT_KEY_NAME_PATTERN } from './naming.ts'

/** How keys are named, how long they may live, and when to remind. Days are whole calendar days. */
export interface Policy {
  readonly keyNamePattern: string
  readonly adminKeyDays: number
  readonly productionKeyDays: number
  readonly otherKeyDays: number
  /** No interval, whoever set it, is longer. */
  readonly ceilingDays: number
  /** Days before the due day on which to remind, longest first; 0 is the due day itself. */
  readonly leadDays: readonly number[]
  /** Days between reminders once overdue. */
  readonly overdueEveryDays: number
}

/** What a client changes; anything left out follows the agency's policy. */
export type PolicyOverride = Partial<Policy>

/** Defaults: 90 days for admin and production keys (CIS AWS 2.13, GCP), 365 as the ceiling (GitGuardian's long-lived mark). */
export const DEFAULT_POLICY: Policy = {
  keyNamePattern: DEFAULT_KEY_NAME_PATTERN,
  adminKeyDays: 90,
  productionKeyDays: 90,
  otherKeyDays: 180,
  ceilingDays: 365,
  leadDays: [30, 14, 7, 1, 0],
  overdueEveryDays: 7,
}

export function withOverride(policy: Policy, override: PolicyOverride | null): Policy {
  return override ? { ...policy, ...override } : policy
}

import type { RemediationState } from './remediation.ts'
import { isUnsent } from './states.ts'

/** How long before a change is sent its approval may be given, by the clocks of both members. */
export const APPROVAL_MS = 24 * 3_600_000

/**
 * Why an approval or the sending of a change has no effect in a team:
 * - `unknown-item`: the change was never added in the team, or its addition has no effect.
 * - `not-waiting`: it was sent, cancelled or marked as done before.
 * - `approved-by-adder`: the member who added a change cannot approve it, also as an owner (separation of duties).
 * - `other-calls`: its requests are not those that were added or approved.
 * - `not-approved`: changes of the client need an approval, and it has none.
 * - `approval-expired`: each of its approvals is more than 24 hours away from the time of sending.
 */
export type RemediationVoid =
  | 'unknown-item'
  | 'not-waiting'
  | 'approved-by-adder'
  | 'other-calls'
  | 'not-approved'
  | 'approval-expired'

/** An approval of a change; `calls`: the SHA-256 of its requests in hex, `at`: milliseconds by the approver’s clock. */
export interface Approval {
  readonly calls: string
  readonly at: number
}

/** The facts about a change that the rules need. `adder`: the member who added it, by uid. */
export interface AddedChange {
  readonly state: RemediationState
  readonly adder: string
  /** Of the requests that were frozen when it was added; null where they could not be known yet. */
  readonly calls: string | null
  readonly approvals: readonly Approval[]
}

/** Why a member cannot approve a change; null where they can. `added`: null for one that was never added. */
export function findApprovalVoid(
  added: AddedChange | null,
  { member, calls }: { readonly member: string; readonly calls: string },
): RemediationVoid | null {
  if (added === null) return 'unknown-item'
  if (!isUnsent(added.state)) return 'not-waiting'
  if (added.adder === member) return 'approved-by-adder'
  return added.calls !== null && added.calls !== calls ? 'other-calls' : null
}

/** Why a change whose client asks for an approval cannot be sent; null where it can. */
export function findSendingVoid(
  added: AddedChange | null,
  { calls, at }: { readonly calls: string | null; readonly at: number },
): RemediationVoid | null {
  if (added === null) return 'unknown-item'
  if (!isUnsent(added.state)) return 'not-waiting'
  if (added.approvals.length === 0) return 'not-approved'
  const ofCalls = added.approvals.filter((approval) => approval.calls === calls)
  if (ofCalls.length === 0) return 'other-calls'
  return ofCalls.some((approval) => isCurrent(approval, at)) ? null : 'approval-expired'
}

/** True if an approval counts at a time. One that is dated ahead of it must not hold for longer than others. */
export function isCurrent(approval: Approval, at: number): boolean {
  return Math.abs(at - approval.at) <= APPROVAL_MS
}

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import {
  APPROVAL_MS,
  findApprovalVoid,
  findSendingVoid,
  isCurrent,
  type AddedChange,
  type RemediationVoid,
} from '../../../shared/domain/remediation/approval.ts'
import { isUnsent } from '../../../shared/domain/remediation/states.ts'
import type { PlannedCall } from '../../providers/kit/write.ts'
import type { Reader } from '../../register/db/handles.ts'
import { type FrozenItem, readFrozen } from '../../register/remediation/frozen.ts'
import { findTeamChange, needsApproval } from '../../register/team/approvals.ts'
import { findOwnMember } from '../../register/team/own-member.ts'
import { readMemberName } from '../../register/team/place.ts'
import { describeDifference, freezeCalls } from './calls.ts'

/** An item of the list of a team, as its rules about approvals see it. */
interface TeamItem {
  readonly item: FrozenItem
  readonly isRequired: boolean
  /** The member at this device, by uid. */
  readonly own: string
  /** Null where it was added before the profile belonged to the team. */
  readonly added: AddedChange | null
}

/** Null in a profile without a team. */
function readTeamItem(reader: Reader, remediationId: number): TeamItem | null {
  if (readMemberName(reader) === null) return null
  const item = readFrozen(reader, remediationId)
  if (item === null) return null
  const change = findTeamChange(reader, item.uids)
  const { state, calls } = item
  return {
    item,
    isRequired: needsApproval(reader, item.clientUid),
    own: findOwnMember(reader) ?? '',
    added: change === null ? null : { ...change, state, calls },
  }
}

/** The approval of an item as the contract has it. */
export function readApproval(reader: Reader, remediationId: number, now: number): RemediationRow['approval'] {
  const found = readTeamItem(reader, remediationId)
  if (found === null) return null
  const { item, isRequired, own, added } = found
  const last = item.approvals.at(-1)
  const approved = last === undefined ? null : { by: last.by, at: last.at, until: last.at + APPROVAL_MS }
  const isGiven = item.approvals.some((approval) => isCurrent(approval, now))
  const state = isUnsent(item.state)
    ? isRequired
      ? approved === null
        ? ('waiting' as const)
        : isGiven
          ? ('approved' as const)
          : ('outdated' as const)
      : ('notNeeded' as const)
    : ('ended' as const)
  return { state, approved, own: added?.adder === own }
}

/** The needs of an item before it can be sent, and the record of its sending. */
export interface Sendable {
  /** True if the team has to place its sending before the request leaves. */
  readonly isPlacedFirst: boolean
  /** The hash of its requests; undefined in a profile without a team. */
  readonly calls: string | undefined
}

export function toSendable(reader: Reader, remediationId: number, call: PlannedCall): Sendable {
  const found = readTeamItem(reader, remediationId)
  if (found === null) return { isPlacedFirst: false, calls: undefined }
  return { isPlacedFirst: found.isRequired, calls: freezeCalls(call).calls }
}

/** Why an item that nothing else blocks cannot be sent for want of an approval; null where it can. */
export function findMissingApproval(
  reader: Reader,
  remediationId: number,
  call: PlannedCall,
  now: number,
): string | null {
  const found = readTeamItem(reader, remediationId)
  if (found === null || !found.isRequired) return null
  const { calls } = freezeCalls(call)
  const reason = findSendingVoid(found.added, { calls, at: now })
  if (reason === null) return null
  const isChanged = found.item.calls !== null && found.item.calls !== calls
  return reason === 'other-calls' && isChanged ? CHANGED : MISSING[reason]
}

const ADDED_BEFORE = 'It was added before the profile belonged to the team. Cancel it and add it again.'
const CHANGED = 'Its requests are not those that were added any more. Cancel it and add it again.'

const MISSING: Readonly<Record<RemediationVoid, string>> = {
  'unknown-item': ADDED_BEFORE,
  'not-waiting': 'It was sent or has ended.',
  'approved-by-adder': 'It waits for the approval of a second member.',
  'other-calls': 'Its requests are not those that were approved. A second member has to approve it again.',
  'not-approved': 'It waits for the approval of a second member.',
  'approval-expired': 'Its approval is more than 24 hours old. A second member has to approve it again.',
}

/** The subject of a member's approval: a call, and why nothing could send it whatever the device. */
interface ToApprove {
  readonly remediationId: number
  readonly call: PlannedCall | null
  readonly blocker: string | null
}

/** Why the member at this device cannot approve an item; null where they can, and undefined in a profile without a team. `isLead`: of its client. */
export function findApprovalObstacle(
  reader: Reader,
  { remediationId, call, blocker }: ToApprove,
  isLead: boolean,
): string | null | undefined {
  const found = readTeamItem(reader, remediationId)
  if (found === null) return undefined
  const { item, isRequired, own, added } = found
  if (!isRequired) return 'Changes of this client need no approval.'
  if (!isUnsent(item.state)) return MISSING['not-waiting']
  if (blocker !== null) return blocker
  if (call === null) return 'It has no request that could be approved.'
  const frozen = freezeCalls(call)
  const reason = findApprovalVoid(added, { member: own, calls: frozen.calls })
  if (reason === 'other-calls') {
    return `This register derives other requests than the one where it was added. ${describeDifference(item.requests, frozen)} Sync the connection, and compare.`
  }
  if (reason === 'approved-by-adder') return 'You added it: another member has to approve it.'
  if (reason !== null) return MISSING[reason]
  return isLead ? null : 'Only a lead of this client or an owner of the team approves changes.'
}

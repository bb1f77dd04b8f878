import { createHash } from 'node:crypto'

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
import { type FrozenItem, readFrozen, type FrozenRequest } from '../../register/remediation/frozen.ts'
import { findTeamChange } from '../../register/team/approvals.ts'
import { findOwnRole, needsApproval } from '../../register/team/logs.ts'
import { findOwnMember, readMemberName } from '../../register/team/place.ts'
import { type Context, getReader } from '../core/context.ts'
import { isFounded } from '../team/gate.ts'
import type { StoredRemediation } from '../../register/remediation/list.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'

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

/** The needs of an item before its request can leave, and the record of its sending. */
export interface Sendable {
  /** True if the team has to place its sending before the request leaves. */
  readonly isPlacedFirst: boolean
  /** The hash of its requests; undefined in a profile without a team. */
  readonly calls: string | undefined
  /** Why it cannot be sent for want of an approval; null where it can. */
  readonly missing: string | null
}

export function toSendable(reader: Reader, remediationId: number, call: PlannedCall, now: number): Sendable {
  const found = readTeamItem(reader, remediationId)
  if (found === null) return { isPlacedFirst: false, calls: undefined, missing: null }
  const { calls } = freezeCalls(call)
  return {
    isPlacedFirst: found.isRequired,
    calls,
    missing: found.isRequired ? findMissingApproval(found, calls, now) : null,
  }
}

function findMissingApproval({ item, added }: TeamItem, calls: string, now: number): string | null {
  const reason = findSendingVoid(added, { calls, at: now })
  if (reason === null) return null
  const isChanged = item.calls !== null && item.calls !== calls
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

/** True if the member at this device is a lead of a client, or an owner; false in a profile without a team. */
function isLeadOf(context: Context, slug: string): boolean {
  const client = getReader(context).value<string>('SELECT uid FROM client WHERE slug = ?', [slug])
  const role = client === undefined ? null : findOwnRole(getReader(context), client)
  return role === 'lead' || role === 'owner'
}

/** Why the member at this device cannot approve a change; null where they can, and in a profile without a team. */
export async function readApprovalObstacle(
  context: Context,
  { row, call, blocker }: { readonly row: StoredRemediation['row'] } & Pick<ToApprove, 'call' | 'blocker'>,
): Promise<string | null> {
  if (!isFounded(context.session())) return null
  const isLead = isLeadOf(context, row.client.slug)
  return findApprovalObstacle(getReader(context), { remediationId: row.remediationId, call, blocker }, isLead) ?? null
}

/** The requests of a change and the SHA-256 of their canonical JSON in hex, by which members of a team approve them. */
export interface FrozenCalls {
  readonly calls: string
  readonly requests: readonly FrozenRequest[]
}

/** They have what the provider calls things and no number of this register, so every member's program derives the same. */
export function freezeCalls({ method, url, body }: PlannedCall): FrozenCalls {
  const requests = [{ method, url, body }]
  return { requests, calls: createHash('sha256').update(canonicalJson(requests)).digest('hex') }
}

/** Describes the difference between requests that were added to the list and those that this register derives. */
function describeDifference(added: readonly FrozenRequest[] | null, own: FrozenCalls): string {
  const [before] = added ?? []
  const [now] = own.requests
  if (before === undefined || now === undefined) return 'The requests differ.'
  const parts = (['method', 'url', 'body'] as const).filter((part) => before[part] !== now[part])
  return parts
    .map((part) => `${WORDS[part]}: ${show(before[part])} where it was added, ${show(now[part])} here.`)
    .join(' ')
}

const WORDS = { method: 'The method differs', url: 'The address differs', body: 'The body differs' } as const

function show(text: string | null): string {
  return text ?? 'none'
}

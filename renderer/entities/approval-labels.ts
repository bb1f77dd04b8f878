import { IconUserCheck, IconUserQuestion, type TablerIcon } from '@tabler/icons-react'

import type { RemediationPreview, RemediationRow } from '../../shared/contract/remediation.ts'
import { visibleText } from '../ui/text.ts'
import type { Tone } from '../ui/status.tsx'

type Approval = RemediationRow['approval']

interface ApprovalWord {
  readonly tone: Tone
  readonly icon: TablerIcon
  readonly word: string
  readonly about: string
}

/** The approval of a team's change: it waits for a second member, or has it; null where it needs none any more. */
export function approvalWord(approval: Approval): ApprovalWord | null {
  if (approval === null || approval.state === 'notNeeded' || approval.state === 'ended') return null
  if (approval.state === 'approved') {
    const by = visibleText(approval.approved?.by ?? '')
    return { tone: 'good', icon: IconUserCheck, word: 'Approved', about: `${by} approved it. It can be sent.` }
  }
  const outdated = approval.state === 'outdated' ? 'Its approval is more than 24 hours old. ' : ''
  const who = approval.own
    ? 'You added it: another lead of the client or an owner has to approve it.'
    : 'A lead of the client or an owner other than who added it has to approve it.'
  return { tone: 'warn', icon: IconUserQuestion, word: 'Needs approval', about: `${outdated}${who}` }
}

/** True if a change waits for an approval. */
export function needsApproval({ approval }: Pick<RemediationRow, 'approval'>): boolean {
  return approval?.state === 'waiting' || approval?.state === 'outdated'
}

/** True if the member at this device can approve a change that waits for it. */
export function isApprovable({ row, calls, approvalObstacle }: RemediationPreview['remediations'][number]): boolean {
  return needsApproval(row) && calls.length > 0 && approvalObstacle === null
}

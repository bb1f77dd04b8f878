import { counted } from '../../../../shared/domain/counted.ts'
import type { SignedAct } from '../../../../shared/report/evidence-signers.ts'
import { positions } from '../../../../shared/decisions/reviews.ts'
import { findClientRole, hasAgencyRole } from '../../../../shared/team/membership.ts'
import { fingerprintKey } from '../../../register/team/hash-entry.ts'
import type { ShownDecisions, ShownOp } from './shown-decisions.ts'
import type { ShownTeam } from './shown-team.ts'

const ACTS: Readonly<Record<string, string>> = {
  'review.opened': 'opened the review',
  'review.decided': 'decided',
  'review.undone': 'reverted decisions',
  'review.signed': 'signed the review',
  'review.acknowledged': 'acknowledged the review',
  'review.withdrawn': 'cancelled the review',
  'review.empty': 'closed the review, which has no items',
}

/** The acts on one review, in the order of the client's log. */
export function listSignedActs(
  team: ShownTeam,
  { effective, stream }: ShownDecisions,
  reviewUid: string,
): readonly SignedAct[] {
  return listReviewOps(effective, reviewUid).map((shown) => {
    const { member: uid, device, seq, teamSeq, op } = shown
    const { membership, enrolments } = team
    const member = membership.members.get(uid)
    const enrolment = enrolments.get(device)
    return {
      kind: op.kind,
      act: describeAct(shown),
      member: { name: member?.name ?? '', email: member?.email ?? '' },
      role: hasAgencyRole(membership, uid, 'owner', teamSeq)
        ? 'owner'
        : (findClientRole(membership, stream, uid, teamSeq) ?? ''),
      at: op.at,
      position: seq,
      key: fingerprintKey(membership.devices.get(device)?.signKey ?? ''),
      device,
      teamPosition: teamSeq,
      enrolledAt: enrolment?.seq ?? 0,
      enrolledBy: membership.members.get(enrolment?.by ?? '')?.name ?? '',
    }
  })
}

export function listReviewOps(effective: readonly ShownOp[], reviewUid: string): readonly ShownOp[] {
  return effective.filter(({ op }) => Object.hasOwn(ACTS, op.kind) && op.body['reviewUid'] === reviewUid)
}

function describeAct({ op: { kind, body } }: ShownOp): string {
  const act = ACTS[kind] ?? kind
  const parsed = kind === 'review.decided' ? positions.safeParse(body['positions']) : null
  if (parsed === null || !parsed.success) return act
  const count = parsed.data.reduce<number>((sum, run) => sum + (typeof run === 'number' ? 1 : run[1] - run[0] + 1), 0)
  return `${act} ${counted(count, 'item')}`
}

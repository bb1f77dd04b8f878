import { counted } from '../../../../shared/domain/counted.ts'
import { positions } from '../../../../shared/decisions/reviews.ts'
import type { SignedAct } from '../../../../shared/report/evidence-signers.ts'
import { findPerson } from '../../../../shared/team/rights.ts'
import { fingerprintKey } from '../../../register/team/hash-batch.ts'
import type { ShownDecisions, ShownOp } from './shown-decisions.ts'

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
export function listSignedActs({ counting, cards, names }: ShownDecisions, reviewUid: string): readonly SignedAct[] {
  return listReviewOps(counting, reviewUid).map((shown) => {
    const { member, role, device, signKey, at: position, cardAt, op } = shown
    const enrolled = cards.find(({ card }) => findPerson(card, device) !== null)
    return {
      kind: op.kind,
      act: describeAct(shown),
      member: names.get(member) ?? { name: '', email: '' },
      role,
      at: op.at,
      position,
      key: fingerprintKey(signKey),
      device,
      cardAt,
      enrolledAt: enrolled?.at ?? 0,
      enrolledBy: names.get(enrolled?.by ?? '')?.name ?? '',
    }
  })
}

export function listReviewOps(counting: readonly ShownOp[], reviewUid: string): readonly ShownOp[] {
  return counting.filter(({ op }) => Object.hasOwn(ACTS, op.kind) && op.body['reviewUid'] === reviewUid)
}

function describeAct({ op: { kind, body } }: ShownOp): string {
  const act = ACTS[kind] ?? kind
  const parsed = kind === 'review.decided' ? positions.safeParse(body['positions']) : null
  if (parsed === null || !parsed.success) return act
  const count = parsed.data.reduce<number>((sum, run) => sum + (typeof run === 'number' ? 1 : run[1] - run[0] + 1), 0)
  return `${act} ${counted(count, 'item')}`
}

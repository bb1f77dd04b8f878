import type { RemediationVoid } from '../domain/remediation/approval.ts'
import type { ReviewVoid } from '../domain/reviews/rules.ts'
import { createRemediationFold } from '../decisions/fold-remediation.ts'
import { createReviewFold } from '../decisions/fold-reviews.ts'
import { REMEDIATION_OPERATIONS, type RemediationOperation } from '../decisions/remediation.ts'
import { REVIEW_OPERATIONS, type ReviewOperation } from '../decisions/reviews.ts'
import type { Op } from './op.ts'

/** Why an operation with weight has no effect, although its author has the right: what was placed before it does not allow it. */
export type WeightVoid = `review-${ReviewVoid}` | `remediation-${RemediationVoid}`

/** Kinds that are never decided by who comes later: whether they have an effect follows from all of them before, by position. */
export const WEIGHED_KINDS: readonly string[] = [
  ...Object.keys(REVIEW_OPERATIONS),
  ...Object.keys(REMEDIATION_OPERATIONS),
]

const weighed: ReadonlySet<string> = new Set(WEIGHED_KINDS)

export function isWeighed(kind: string): boolean {
  return weighed.has(kind)
}

/** Whether operations of a kind are about changes at providers. */
export function isRemediation(kind: string): boolean {
  return Object.hasOwn(REMEDIATION_OPERATIONS, kind)
}

/** Whether a reason follows from the operations before, and so may change with their effect. */
export function isWeightVoid(reason: string): reason is WeightVoid {
  return reason.startsWith('review-') || reason.startsWith('remediation-')
}

/** An operation in its place; `member`: the uid of its author. */
export interface WeighedOp {
  readonly op: Op
  readonly member: string
  readonly seq: number
  /** Whether changes of the client need a second member's approval where it rests; not asked of one that is known to have an effect. */
  readonly needsApproval: boolean
}

/** What the operations with weight of one client's stream came to. */
export interface Weights {
  /** Takes the next one, whose body was checked; others than those of weighed kinds have no part in it. Returns why it has no effect. */
  weigh(operation: WeighedOp): WeightVoid | null
}

/** One that was weighed; `reason`: why it has no effect. */
export interface WeighedBefore extends WeighedOp {
  readonly reason: WeightVoid | null
}

/**
 * Those that have an effect now or have none any more, with the reasons, where some before them have lost their effect. `all`: each of a
 * stream that was weighed and still has its place, in order.
 */
export function weighAgain(stream: string, all: Iterable<WeighedBefore>): readonly WeighedBefore[] {
  const weights = createWeights(stream)
  const changed: WeighedBefore[] = []
  for (const one of all) {
    const reason = weights.weigh(one)
    if (reason !== one.reason) changed.push({ ...one, reason })
  }
  return changed
}

/** Before the first of them. */
export function createWeights(stream: string): Weights {
  const reviews = createReviewFold()
  const remediation = createRemediationFold()
  return {
    weigh: ({ op, member, seq, needsApproval }) => {
      if (!isWeighed(op.kind)) return null
      if (isRemediation(op.kind)) {
        const change = { kind: op.kind, body: op.body } as unknown as RemediationOperation
        const reason = remediation.fold(change, { member, at: op.at, needsApproval })
        return reason === null ? null : `remediation-${reason}`
      }
      const operation = { kind: op.kind, client: stream, body: op.body } as unknown as ReviewOperation
      const reason = reviews.fold(operation, { author: { member, name: '' }, at: seq, seen: op.basis })
      return reason === null ? null : `review-${reason}`
    },
  }
}

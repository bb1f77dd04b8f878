import type { Op } from '../../../shared/team/op.ts'
import { createWeights, isWeighed, WEIGHED_KINDS } from '../../../shared/team/weigh.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { EFFECTIVE, type EffectiveRow, toWeighed } from './entry-row.ts'
import { findOwnMember } from './own-member.ts'
import { findReviewUid } from './take-review.ts'

/** What operations with weight are about: reviews, by uid, and the kinds of those about changes at providers. */
export interface Weighed {
  readonly reviews: ReadonlySet<string>
  readonly changes: ReadonlySet<string>
}

/**
 * Notes which of the operations that wait for a stream would have no effect after the entries that this register has read. Returns
 * those for which that changed. Whether a change needs an approval is decided where it is placed, so it is not asked here.
 */
export function expectVoids(writer: Writer, stream: string): Weighed {
  const reviews = new Set<string>()
  const changes = new Set<string>()
  const waiting = listWaiting(writer, stream)
  if (waiting.length === 0) return { reviews, changes }
  const weights = createWeights(stream)
  let next = 0
  for (const row of writer.all<EffectiveRow>(EFFECTIVE, { stream, kinds: JSON.stringify(WEIGHED_KINDS) })) {
    weights.weigh(toWeighed(row))
    next = row.seq + 1
  }
  const member = findOwnMember(writer) ?? ''
  for (const { op: uid, operation, before } of waiting) {
    const op = JSON.parse(operation) as Op
    const reason = weights.weigh({ op, member, seq: next, needsApproval: false })
    next += 1
    if (reason === before) continue
    writer.run('UPDATE team_pending SET void_reason = ? WHERE op = ?', [reason, uid])
    const review = findReviewUid(op)
    if (review !== null) reviews.add(review)
    else changes.add(op.kind)
  }
  return { reviews, changes }
}

interface Waiting {
  readonly op: string
  readonly operation: string
  readonly before: string | null
}

function listWaiting(reader: Reader, stream: string): readonly Waiting[] {
  return reader
    .all<Waiting & { readonly kind: string }>(
      `SELECT op, operation, void_reason AS before, operation ->> 'kind' AS kind FROM team_pending WHERE stream = ? ORDER BY id`,
      [stream],
    )
    .filter(({ kind }) => isWeighed(kind))
}

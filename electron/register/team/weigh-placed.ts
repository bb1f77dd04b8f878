import { isApprovalRequired, type Membership } from '../../../shared/team/membership.ts'
import { isWeightVoid, weighAgain, WEIGHED_KINDS, type WeighedBefore } from '../../../shared/team/weigh.ts'
import type { Writer } from '../db/handles.ts'
import { enterPassed } from './enter-passed.ts'
import { ENTRY_COLUMNS, type EntryRow, INSERT_ENTRY, parseOp } from './entry-row.ts'
import type { Weighed } from './expect-voids.ts'
import { findReviewUid } from './take-review.ts'

/**
 * Weighs what is placed in a stream again, after entries of it have lost their effect: one that rested on them has none either, and one
 * that they kept from it has one. Returns the reviews that these are about, by uid, and the kinds of those about changes at providers.
 */
export function weighPlaced(writer: Writer, stream: string, membership: Membership): Weighed {
  const rows = new Map(
    writer
      .all<EntryRow & { readonly id: number }>(
        `SELECT e.id, ${ENTRY_COLUMNS}, 1 AS isCounted FROM team_entry e
         WHERE e.stream = ? AND e.is_counted = 1 AND e.operation ->> 'kind' IN (SELECT value FROM json_each(?)) ORDER BY e.seq`,
        [stream, JSON.stringify(WEIGHED_KINDS)],
      )
      .map((row) => [row.seq, row]),
  )
  const all = [...rows.values()].flatMap((row): readonly WeighedBefore[] => {
    const { seq, operation, voidReason: reason } = row
    const member = row.member ?? membership.devices.get(row.device)?.member
    if (operation === null || member === undefined || (reason !== null && !isWeightVoid(reason))) return []
    const needsApproval = isApprovalRequired(membership, stream, row.teamSeq)
    return [{ seq, op: parseOp(operation), member, reason, needsApproval }]
  })
  const reviews = new Set<string>()
  const changes = new Set<string>()
  for (const { seq, op, member, reason } of weighAgain(stream, all)) {
    const row = rows.get(seq)
    if (row === undefined) continue
    const { id, ...entry } = row
    writer.run('DELETE FROM team_entry WHERE id = ?', [id])
    writer.run(INSERT_ENTRY, { ...entry, member: reason === null ? member : null, voidReason: reason })
    const review = findReviewUid(op)
    if (review !== null) reviews.add(review)
    else changes.add(op.kind)
  }
  enterPassed(writer, stream, membership, { kinds: WEIGHED_KINDS })
  return { reviews, changes }
}

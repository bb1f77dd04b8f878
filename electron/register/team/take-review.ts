import { countPositions, cutRuns, hasPosition, listPositions } from '../../../shared/domain/reviews/positions.ts'
import type { Operation } from '../../../shared/decisions/operations.ts'
import { REVIEW_OPERATIONS, type ReviewOperation } from '../../../shared/decisions/reviews.ts'
import type { Reader, Writer } from '../db/handles.ts'
import type { Effect } from '../operations/applier.ts'
import { findClient } from '../operations/applier.ts'
import { mendReviews } from '../read/proof/mend-reviews.ts'
import { findLastPosition, getBatch, insertBatch, itemsAt } from '../reviews/deciding.ts'
import { keepPacked } from '../reviews/frozen-bytes.ts'
import { insertLeft } from '../reviews/frozen-store.ts'
import { insertReview } from '../reviews/opening.ts'
import { lastReviewTable } from '../rows/people.ts'
import type { Op } from '../../../shared/team/op.ts'
import { readReviewRows } from './order.ts'
import { mendTables } from './rebase.ts'

type OfReview = Operation & ReviewOperation

export function isOfReview(operation: Operation): operation is OfReview {
  return Object.hasOwn(REVIEW_OPERATIONS, operation.kind)
}

/** The review that an operation is about, by uid; null for one about another thing. */
export function findReview({ body }: Op): string | null {
  return (body as { readonly reviewUid?: string }).reviewUid ?? null
}

/** Whether an operation opens a review of which this register has nothing yet, so that it needs what was frozen. */
export function lacksReview(reader: Reader, op: Op): boolean {
  return (
    op.kind === 'review.opened' && reader.value('SELECT 1 FROM review WHERE uid = ?', [findReview(op)]) === undefined
  )
}

/**
 * Gives an operation of another device on a review its rows, and returns their numbers. That it has an effect was decided by all
 * entries before it, and not by the tables, in which what waits here may count as well: `settleReviews` writes what follows. `pieces`: what
 * was frozen. Null where this register does not have the review.
 */
export function enterReview(writer: Writer, operation: OfReview, pieces: readonly Uint8Array[]): Effect | null {
  const { kind, body, at, operator: by } = operation
  const known = writer.value<number>('SELECT id FROM review WHERE uid = ?', [body.reviewUid])
  if (kind === 'review.opened')
    return known === undefined ? openReview(writer, operation, pieces) : openAgain(writer, operation)
  if (known === undefined) return null
  if (kind === 'review.undone') {
    const batch = getBatch(writer, body.batchUid)
    return batch === null ? null : { review: known, batch: batch.id }
  }
  if (kind !== 'review.decided') return { review: known }
  const { batchUid: uid, positions, self, decision, to = null, why = null, until = null } = body
  const there = getBatch(writer, uid)
  if (there !== null) return { review: known, batch: there.id }
  const here = listPositions(cutRuns(positions, findLastPosition(writer, known)))
  const items = itemsAt(writer, known, here).map((item) => ({ ...item, self: hasPosition(self, item.position) }))
  const made = { uid, reviewId: known, at, by, decision, to, why, until, size: countPositions(positions), items }
  return { review: known, batch: insertBatch(writer, made) }
}

/** One that this register has, whose opening had lost its effect. */
function openAgain(writer: Writer, { body }: Extract<OfReview, { kind: 'review.opened' }>): Effect {
  const { review, firstItem } = writer.get<{ readonly review: number; readonly firstItem: number | null }>(
    OPENED_BEFORE,
    [body.reviewUid],
  ) ?? { review: 0, firstItem: null }
  return { review, ...(firstItem === null ? {} : { firstItem }) }
}

const OPENED_BEFORE = `SELECT r.id AS review, j.body ->> 'firstItem' AS firstItem
  FROM review r LEFT JOIN journal j ON j.action = 'review.opened' AND j.body ->> 'reviewUid' = r.uid AND j.body ->> 'review' = r.id
  WHERE r.uid = ? ORDER BY j.seq LIMIT 1`

function openReview(
  writer: Writer,
  operation: Extract<OfReview, { kind: 'review.opened' }>,
  pieces: readonly Uint8Array[],
): Effect {
  const { subject: name, at, operator: by, body } = operation
  const { reviewUid: uid, kind, dueOn, override = null, previousUid } = body
  keepPacked(writer, body, pieces)
  const previousId = writer.value<number>('SELECT id FROM review WHERE uid = ?', [previousUid]) ?? null
  const clientId = findClient(writer, operation)
  const review = { uid, clientId, kind, name, at, by, dueOn, override, previousId, state: 'withdrawn' } as const
  const { reviewId, firstItem } = insertReview(writer, review)
  return { review: reviewId, ...(firstItem === null ? {} : { firstItem }) }
}

/**
 * Writes what follows for reviews, by uid, from all that counts now, and for those of which items were left until this
 * register had read their subjects. `hasNewSubjects`: whether it may have read some since.
 */
export function settleReviews(writer: Writer, uids: ReadonlySet<string>, hasNewSubjects = true): void {
  const completed = hasNewSubjects ? insertLeft(writer) : new Set<string>()
  const touched = new Set([...uids, ...completed])
  if (touched.size === 0) return
  const hasOtherSignatures = mendReviews(writer, touched, {
    ofReview: (uid) => readReviewRows(writer, uid),
    hasNewItems: (uid) => completed.has(uid),
  })
  if (hasOtherSignatures) mendTables(writer, [lastReviewTable])
}

import type { Decision } from '../../../shared/decisions/fold.ts'
import type { Operation } from '../../../shared/decisions/operations.ts'
import {
  REVIEW_OPERATIONS,
  type ReviewOperation,
  type StoredBatch,
  toOpenedReview,
} from '../../../shared/decisions/reviews.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { Writer } from '../db/handles.ts'
import { closeDecidedBefore } from '../reviews/closing.ts'
import { findLastPosition, getBatch } from '../reviews/deciding.ts'
import { keepPacked } from '../reviews/frozen-bytes.ts'
import { insertLeft } from '../reviews/frozen-store.ts'
import { lastReviewTable } from '../rows/people.ts'
import { listItemRuns, setItems } from '../rows/review-items.ts'
import { batchTable, findFirstItem, findReviewId, reviewTable } from '../rows/reviews.ts'
import { type Numbers, settleDecision, settleGroup } from '../rows/settle.ts'
import { readReviewRows } from './order.ts'
import { mendTables } from './rebase.ts'

type OfReview = Operation & ReviewOperation

export function isOfReview(operation: Operation): operation is OfReview {
  return Object.hasOwn(REVIEW_OPERATIONS, operation.kind)
}

/** The review that an operation is about, by uid; null for one about another thing. */
export function findReviewUid({ body }: Op): string | null {
  return (body as { readonly reviewUid?: string }).reviewUid ?? null
}

/**
 * Gives an operation of another device on a review its rows, and returns their numbers. That it has an effect was decided by all
 * entries before it, and not by the tables, in which what waits here may count as well: `settleReviews` writes what follows. `pieces`: what
 * was frozen. Null where this register does not have the review.
 */
export function enterReview(writer: Writer, operation: OfReview, pieces: readonly Uint8Array[]): Numbers | null {
  const { kind, body } = operation
  const known = findReviewId(writer, body.reviewUid)
  if (kind === 'review.opened')
    return known === null ? openReview(writer, operation, pieces) : openAgain(writer, known, body.reviewUid)
  if (known === null) return null
  if (kind === 'review.decided') return settleDecision(writer, operation)
  if (kind !== 'review.undone') return { review: known }
  const batch = getBatch(writer, body.batchUid)
  return batch === null ? null : { review: known, batch: batch.id }
}

/** Returns the numbers of a review that this register has, and whose opening had lost its effect. */
function openAgain(writer: Writer, review: number, uid: string): Numbers {
  const firstItem = writer.value<number | null>(FIRST_BEFORE, [uid, review]) ?? null
  return { review, ...(firstItem === null ? {} : { firstItem }) }
}

const FIRST_BEFORE = `SELECT j.body ->> 'firstItem' FROM journal j
  WHERE j.action = 'review.opened' AND j.body ->> 'reviewUid' = ? AND j.body ->> 'review' = ? ORDER BY j.seq LIMIT 1`

/** Writes a review as cancelled, until the order that counts shows its state. What does not unpack to what the operation names is not used. */
function openReview(
  writer: Writer,
  operation: Extract<OfReview, { kind: 'review.opened' }>,
  pieces: readonly Uint8Array[],
): Numbers {
  keepPacked(writer, operation.body, pieces)
  const { population: _, ...opened } = toOpenedReview(operation)
  const review = reviewTable.write(writer, null, { ...opened, state: 'withdrawn' })
  if (review === null) throw new Error(`A review of the client ${String(operation.client)}, which does not exist.`)
  return { review, ...findFirstItem(writer, review) }
}

/** The signature of a review; null where it has none. */
const SIGNATURE = `SELECT iif(state IN ('signed', 'acknowledged'), json_array(signed_at, signed_by, signed_operator), NULL)
  FROM review WHERE id = ?`
const MARK_STALE = `UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT n.id FROM connection n JOIN review r ON r.client_id = n.client_id WHERE r.id = ?)`
const OPEN_CONNECTIONS = `SELECT DISTINCT connection_id FROM review_item
  WHERE review_id = ? AND decision IN ('change', 'remove') AND closed_at IS NULL`

/**
 * Writes what follows for reviews, by uid, from all that counts now, and for those of which items were left until this
 * register had read their subjects. `hasNewSubjects`: whether it may have read some since.
 */
export function settleReviews(writer: Writer, uids: ReadonlySet<string>, hasNewSubjects = true): void {
  const completed = hasNewSubjects ? insertLeft(writer) : new Set<string>()
  const touched = [...new Set([...uids, ...completed])].flatMap((uid) => {
    const id = findReviewId(writer, uid)
    return id === null ? [] : [{ uid, id, before: writer.value<string | null>(SIGNATURE, [id]) }]
  })
  for (const { uid } of touched) settleGroup(writer, reviewTable, toGroup(uid), readReviewRows(writer, uid))
  for (const { uid, id } of touched) {
    const batches = settleGroup(writer, batchTable, toGroup(uid), readReviewRows(writer, uid))
    const last = findLastPosition(writer, id)
    const shown = [...batches.values()] as unknown as readonly StoredBatch[]
    if (last > 0) setItems(writer, id, listItemRuns(shown, [[1, last]]))
    for (const connection of writer.column<number>(OPEN_CONNECTIONS, [id])) closeDecidedBefore(writer, connection)
  }
  const hasOtherSignatures = touched.map(({ uid, id, before }) => {
    const after = writer.value<string | null>(SIGNATURE, [id])
    // The trigger of the table marks them where a review is signed.
    if (before !== null && after === null) writer.run(MARK_STALE, [id])
    return before !== after || completed.has(uid)
  })
  if (hasOtherSignatures.includes(true)) mendTables(writer, [lastReviewTable])
}

/** Names all rows of a review. */
function toGroup(reviewUid: string): Omit<Decision, 'placed'> {
  return { kind: 'review.undone', at: 0, operator: '', client: null, subject: '', body: { reviewUid } }
}

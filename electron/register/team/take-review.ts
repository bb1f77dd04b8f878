import { listPositions } from '../../../shared/domain/reviews/positions.ts'
import type { Operation } from '../../../shared/operations/operations.ts'
import { REVIEW_OPERATIONS, type ReviewOperation } from '../../../shared/operations/reviews.ts'
import { createWeights, isWeighed } from '../../../shared/team/weigh.ts'
import type { Reader, Writer } from '../db/handles.ts'
import type { Effect } from '../operations/applier.ts'
import { findClient } from '../operations/applier.ts'
import { mendReviews } from '../read/proof/mend-reviews.ts'
import { getBatch, insertBatch, itemsAt } from '../reviews/deciding.ts'
import { keepPacked } from '../reviews/frozen-bytes.ts'
import { insertLeft } from '../reviews/frozen-store.ts'
import { insertReview } from '../reviews/opening.ts'
import type { Op } from '../../../shared/team/op.ts'
import { EFFECTIVE, type EffectiveRow, toWeighed } from './entry-row.ts'
import { readCountingOrder, readReviewRows } from './order.ts'
import { findOwnMember } from './own-member.ts'

type OfReview = Operation & ReviewOperation

export function isOfReview(operation: Operation): operation is OfReview {
  return Object.hasOwn(REVIEW_OPERATIONS, operation.kind)
}

/** The review that an operation is about, by uid; null for one about another thing. */
export function findReview({ body }: Op): string | null {
  return (body as { readonly reviewUid?: string }).reviewUid ?? null
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
  const own = new Set(listPositions(self))
  const all = listPositions(positions)
  const items = itemsAt(writer, known, all).map((item) => ({ ...item, self: own.has(item.position) }))
  const made = { uid, reviewId: known, at, by, decision, to, why, until, size: all.length, items }
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
  const { reviewUid: uid, kind, dueOn, override = null, previousUid, population } = body
  keepPacked(writer, population, pieces)
  const previousId = writer.value<number>('SELECT id FROM review WHERE uid = ?', [previousUid]) ?? null
  const clientId = findClient(writer, operation)
  const review = { uid, clientId, kind, name, at, by, dueOn, override, previousId, state: 'withdrawn' } as const
  const { reviewId, firstItem } = insertReview(writer, review)
  return { review: reviewId, ...(firstItem === null ? {} : { firstItem }) }
}

/**
 * Writes what follows for reviews, by uid, from all that counts now, and for those of which items were left until this
 * register had read their subjects.
 */
export function settleReviews(writer: Writer, uids: ReadonlySet<string>): void {
  const completed = insertLeft(writer)
  const touched = new Set([...uids, ...completed])
  if (touched.size === 0) return
  mendReviews(writer, touched, {
    ofReview: (uid) => readReviewRows(writer, uid),
    all: () => readCountingOrder(writer),
    hasNewItems: (uid) => completed.has(uid),
  })
}

/**
 * Notes which of the operations that wait for a stream would have no effect after the entries that this register has read. Returns the
 * reviews of those for which that changed.
 */
export function expectVoids(writer: Writer, stream: string): ReadonlySet<string> {
  const touched = new Set<string>()
  const waiting = listWaiting(writer, stream)
  if (waiting.length === 0) return touched
  const weights = createWeights(stream)
  let next = 0
  for (const row of writer.all<EffectiveRow>(EFFECTIVE, {
    stream,
    kinds: JSON.stringify(Object.keys(REVIEW_OPERATIONS)),
  })) {
    weights.weigh(toWeighed(row))
    next = row.seq + 1
  }
  const member = findOwnMember(writer) ?? ''
  for (const { op: uid, operation, before } of waiting) {
    const op = JSON.parse(operation) as Op
    const reason = weights.weigh({ op, member, seq: next })
    next += 1
    if (reason === before) continue
    writer.run('UPDATE team_pending SET void_reason = ? WHERE op = ?', [reason, uid])
    touched.add((op.body as unknown as ReviewOperation['body']).reviewUid)
  }
  return touched
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

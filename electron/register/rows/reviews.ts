import { BATCHES, REVIEWS } from '../../../shared/decisions/reviews.ts'
import type { BodyOf } from '../../../shared/decisions/operations.ts'
import type { Reader } from '../db/handles.ts'
import { setLastReviews } from '../reviews/ending.ts'
import { hasFrozen, insertFrozen } from '../reviews/frozen-store.ts'
import { isVoid, referToClient } from './refer.ts'
import { listItemRuns, proveItems, setItems } from './review-items.ts'
import { tableOf } from './table-of.ts'

const WITHOUT_EFFECT = 'The review has no effect: one of its kind had been opened before it in the team.'

export function findReviewId(reader: Reader, uid: string): number | null {
  return reader.value<number>('SELECT id FROM review WHERE uid = ?', [uid]) ?? null
}

export const reviewTable = tableOf({
  decisions: REVIEWS,
  isDecidedAlone: true,
  from: 'review r JOIN client c ON c.id = r.client_id',
  columns: [
    'uid',
    'kind',
    'name',
    'state',
    'opened_at',
    'opened_by',
    'due_on',
    'override',
    'previous',
    'signed_at',
    'signed_by',
    'signed_operator',
    'acknowledged_at',
    'acknowledged_by',
    'acknowledged_operator',
    'ended_at',
    'carried',
  ],
  named: { client: 'c.slug' },
  // The lines that a review freezes are kept before it is opened.
  refer: (reader, row) => {
    const { uid, population } = row
    const isMissing = population !== undefined && findReviewId(reader, uid) === null && !hasFrozen(reader, population)
    return isMissing ? null : referToClient(reader, row)
  },
  group: ({ body }) => ['r.uid = ?', [body.reviewUid]],
  words: (_, id) => `review ${id}`,
  number: (reader, _, id, { kind }) => ({ review: id, ...(kind === 'review.opened' ? findFirstItem(reader, id) : {}) }),
  // Of one kind of a client, one review is open. The other one gets its own state when it is written.
  prepare: (writer, id, row) => {
    if (row.state !== 'open') return
    writer.run(
      `UPDATE review SET state = 'withdrawn' WHERE client_id = ? AND kind = ? AND state = 'open' AND id IS NOT ?`,
      [referToClient(writer, row)?.['client_id'] ?? 0, row.kind, id],
    )
  },
  follow: (writer, id, _, before) => {
    if (before === null) insertFrozen(writer, id)
  },
  keepLocal: (writer, id, { kind, body }) => {
    if (kind === 'review.signed') setLastReviews(writer, id, (body as BodyOf<'review.signed'>).on)
  },
  // Other rows refer to a review, and it may count yet.
  remove: (writer, { id, row }) =>
    writer.run(
      `UPDATE review SET state = 'withdrawn', override = ?, ended_at = ?, signed_at = NULL, signed_by = NULL, signed_operator = NULL,
         acknowledged_at = NULL, acknowledged_by = NULL, acknowledged_operator = NULL, carried = NULL WHERE id = ?`,
      [WITHOUT_EFFECT, row.opened_at, id],
    ),
  isPutAway: ({ uid, state }, reader) =>
    state === 'withdrawn' && isVoid(reader, { kind: 'review.opened', by: "j.body ->> 'reviewUid'", name: uid }),
})

const FIRST_ITEM = `SELECT i.id - i.position + 1 FROM review_item i WHERE i.review_id = :review
  UNION ALL SELECT l.item_id - l.position + 1 FROM review_left l WHERE l.review_id = :review AND l.position IS NOT NULL LIMIT 1`

/** The number of the item at position 1; none where there are none. */
export function findFirstItem(reader: Reader, review: number): Readonly<Record<string, number>> {
  const firstItem = reader.value<number>(FIRST_ITEM, { review })
  return firstItem === undefined ? {} : { firstItem }
}

/** The batch that a decision names and, of those that were not reverted, the one that was decided last. */
const DECIDING = `(b.uid = :uid OR b.id = (SELECT l.id FROM review_batch l WHERE l.review_id = (SELECT x.id FROM review x WHERE x.uid = :review)
  AND l.undone_at IS NULL ORDER BY l.decided_at DESC LIMIT 1))`

export const batchTable = tableOf({
  decisions: BATCHES,
  isDecidedAlone: true,
  from: 'review_batch b JOIN review r ON r.id = b.review_id',
  columns: [
    'id',
    'uid',
    'begun_at',
    'decided_at',
    'decided_by',
    'decision',
    'change_to',
    'why',
    'until',
    'size',
    'positions',
    'self',
    'undone_at',
  ],
  named: { review: 'r.uid' },
  json: ['positions', 'self'],
  refer: (reader, { review }) => {
    const id = findReviewId(reader, review)
    return id === null ? null : { review_id: id }
  },
  locate: (reader, { kind, body }) => {
    const review = findReviewId(reader, body.reviewUid)
    if (review === null) return {}
    const known = reader.value<number>('SELECT id FROM review_batch WHERE uid = ?', [body.batchUid])
    const batch = known ?? (kind === 'review.decided' ? findNextBatch(reader) : undefined)
    return { review, ...(batch === undefined ? {} : { batch }) }
  },
  group: ({ kind, body: { reviewUid: review, batchUid: uid } }) =>
    kind === 'review.decided' ? [DECIDING, { review, uid }] : ['r.uid = ?', [review]],
  words: (_, id) => `batch ${id}`,
  keepLocal: (writer, _, { kind, body }, rows) => {
    const [batch, review] = [rows.get(body.batchUid), findReviewId(writer, body.reviewUid)]
    if (batch === undefined || review === null) return
    const counted = kind === 'review.decided' ? [batch] : [...rows.values()].toSorted((a, b) => a.id - b.id)
    setItems(writer, review, listItemRuns(counted, batch.positions))
  },
  proveOthers: (reader, rows) => [proveItems(reader, rows)],
})

function findNextBatch(reader: Reader): number {
  return (reader.value<number>("SELECT seq FROM sqlite_sequence WHERE name = 'review_batch'") ?? 0) + 1
}

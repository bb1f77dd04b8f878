import type { Writer } from '../../db/handles.ts'
import type { CountingRow } from '../../db/journal.ts'
import { closeDecidedBefore } from '../../reviews/closing.ts'
import { foldReviewRows, type ShownBatch, type ShownReview, type ShownReviews } from './review-fold.ts'
import { findDecision, UNDECIDED } from './reviews.ts'
import { findDifferences, type Values } from '../../rows/proved-table.ts'

/** How the rows of the journal are read in the order that counts. */
export interface CountingRows {
  readonly ofReview: (uid: string) => Iterable<CountingRow>
  /** Whether a review has items that it did not have before. */
  readonly hasNewItems: (uid: string) => boolean
}

const REVIEW_COLUMNS = [
  'state',
  'override',
  'signed_at',
  'signed_by',
  'signed_operator',
  'acknowledged_at',
  'acknowledged_by',
  'acknowledged_operator',
  'ended_at',
  'carried',
] as const
const SET_REVIEW = `UPDATE review SET ${REVIEW_COLUMNS.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`
const BATCH_COLUMNS = [
  'uid',
  'begun_at',
  'decided_at',
  'decided_by',
  'decision',
  'change_to',
  'why',
  'until',
  'size',
  'undone_at',
] as const

const STORED = `SELECT id, opened_at, ${REVIEW_COLUMNS.join(', ')} FROM review WHERE uid = ?`

interface ReviewRow extends Values {
  readonly id: number
  readonly state: string
  readonly opened_at: number
}

/**
 * Makes reviews what the journal shows of them in the order that counts: their states and signatures, batches, and what is decided
 * about each item. Returns true where last reviews have to be folded again. A review whose opening has no effect is kept as cancelled,
 * since other rows refer to it and it may count yet. What was frozen stays as it is, and rows keep their numbers.
 */
export function mendReviews(writer: Writer, uids: Iterable<string>, rows: CountingRows): boolean {
  const found = [...uids].flatMap((uid) => {
    const row = writer.get<ReviewRow>(STORED, [uid])
    if (row === undefined) return []
    const shown = foldReviewRows()
    for (const each of rows.ofReview(uid)) shown.visit(each)
    const review = shown.reviews.get(row.id)
    return [{ row, shown, review, hasNewItems: rows.hasNewItems(uid), values: review?.values ?? putAway(row) }]
  })
  // Of one kind of a client, one review is open: the one that ends is written before the one that begins.
  const isOpen = ({ values }: (typeof found)[number]): number => (values['state'] === 'open' ? 1 : 0)
  for (const each of found.toSorted((a, b) => isOpen(a) - isOpen(b))) mendReview(writer, each.row, each.values)
  for (const { row, shown, review } of found) {
    mendBatches(writer, row.id, shown, review)
    mendItems(writer, row.id, shown, review)
  }
  for (const { row, review } of found) markSigned(writer, row, review)
  return found.some(({ row, values, hasNewItems }) => hasNewItems || hasOtherSignature(row, values))
}

const WITHOUT_EFFECT = 'The review has no effect: one of its kind had been opened before it in the team.'

function putAway({ opened_at }: ReviewRow): Values {
  return { state: 'withdrawn', override: WITHOUT_EFFECT, ended_at: opened_at }
}

function mendReview(writer: Writer, row: ReviewRow, shown: Values): void {
  const values = pick(shown, REVIEW_COLUMNS)
  if (findDifferences(row, values).length > 0) writer.run(SET_REVIEW, { ...values, id: row.id })
}

function pick(values: Values, columns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(columns.map((column) => [column, (values[column] ?? null) as string]))
}

interface BatchRow extends Values {
  readonly id: number
}

function mendBatches(writer: Writer, review: number, { batches }: ShownReviews, shown: ShownReview | undefined): void {
  const left = new Set(shown?.batches)
  const items = new Map(
    writer
      .all<{ readonly id: number; readonly position: number }>(
        'SELECT id, position FROM review_item WHERE review_id = ?',
        [review],
      )
      .map(({ id, position }) => [position, id]),
  )
  const stored = writer.all<BatchRow>(
    `SELECT id, items, ${BATCH_COLUMNS.join(', ')} FROM review_batch WHERE review_id = ?`,
    [review],
  )
  for (const { id, ...row } of stored) {
    const batch = batches.get(id)
    if (!left.delete(id) || batch === undefined) writer.run('DELETE FROM review_batch WHERE id = ?', [id])
    else if (findDifferences(row, toBatchRow(batch, items)).length > 0)
      writeBatch(writer, id, review, toBatchRow(batch, items))
  }
  for (const id of left) {
    const batch = batches.get(id)
    if (batch !== undefined) writeBatch(writer, id, review, toBatchRow(batch, items))
  }
}

function toBatchRow({ values, items }: ShownBatch, ids: ReadonlyMap<number, number>): Readonly<Record<string, string>> {
  const about = items.flatMap(([position, before, self]) => {
    const id = ids.get(position)
    return id === undefined ? [] : [[id, before, self]]
  })
  return { ...pick(values, BATCH_COLUMNS), items: JSON.stringify(about) }
}

function writeBatch(writer: Writer, id: number, review: number, values: Readonly<Record<string, string>>): void {
  writer.run(
    `INSERT OR REPLACE INTO review_batch (id, review_id, items, ${BATCH_COLUMNS.join(', ')})
     VALUES (:id, :review, :items, ${BATCH_COLUMNS.map((column) => `:${column}`).join(', ')})`,
    { ...values, id, review },
  )
}

interface ItemRow extends Values {
  readonly id: number
  readonly position: number
}

function mendItems(writer: Writer, review: number, shown: ShownReviews, of: ShownReview | undefined): void {
  const stored = writer.all<ItemRow>(
    `SELECT id, position, decision, change_to, why, until, decided_by, decided_at, batch, self_review FROM review_item WHERE review_id = ?`,
    [review],
  )
  const set = writer.prepare(
    `UPDATE review_item SET decision = ?, change_to = ?, why = ?, until = ?, decided_by = ?, decided_at = ?, batch = ?, self_review = ?,
       closed_sync = NULL, closed_at = NULL WHERE id = ?`,
  )
  const columns = ['decision', 'change_to', 'why', 'until', 'decided_by', 'decided_at', 'batch', 'self_review'] as const
  for (const { id, position, ...row } of stored) {
    const values = of === undefined ? UNDECIDED : findDecision(shown, of, position)
    // What a sync has verified about the decision stays while the decision does.
    if (findDifferences(row, values).length > 0) set([...columns.map((column) => values[column] as string), id])
  }
  const open = writer.column<number>(
    `SELECT DISTINCT connection_id FROM review_item WHERE review_id = ? AND decision IN ('change', 'remove') AND closed_at IS NULL`,
    [review],
  )
  for (const connection of open) closeDecidedBefore(writer, connection)
}

const SIGNED: ReadonlySet<unknown> = new Set(['signed', 'acknowledged'])

/** Marks findings as stale where a review is not signed any more; the trigger of the table marks them where one is signed. */
function markSigned(writer: Writer, { id, state: before }: ReviewRow, review: ShownReview | undefined): void {
  if (SIGNED.has(before) && !SIGNED.has(review?.values['state'])) writer.run(MARK_STALE, [id])
}

/** True where a review is signed that was not, or the other way round, or where another signature counts. */
function hasOtherSignature(before: ReviewRow, values: Values): boolean {
  const [was, is] = [SIGNED.has(before.state), SIGNED.has(values['state'])]
  return was !== is || (is && findDifferences(pick(before, SIGNATURE), pick(values, SIGNATURE)).length > 0)
}

const SIGNATURE = ['signed_at', 'signed_by', 'signed_operator'] as const

const MARK_STALE = `UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT n.id FROM connection n JOIN review r ON r.client_id = n.client_id WHERE r.id = ?)`

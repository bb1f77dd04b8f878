import type { ItemFacts, ReviewItem, ReviewItemFilter } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { ItemDecision, ReviewKind } from '../../../shared/domain/reviews/review.ts'
import type { Reader } from '../db/handles.ts'
import { allOf, idsParam, likeParam, type Sql, when } from '../db/scope.ts'
import { residuals } from './residual.ts'

const CLOSURE: Readonly<Record<'pending' | 'done', string>> = {
  pending: `i.decision IN ('change', 'remove') AND i.closed_at IS NULL`,
  done: `i.decision IN ('change', 'remove') AND i.closed_at IS NOT NULL`,
}

function itemWhere(reviewId: number, filter: ReviewItemFilter): Sql {
  const like = (column: string): string => `${column} LIKE :like ESCAPE '\\'`
  return allOf([
    { text: 'i.review_id = :review', params: { review: reviewId } },
    when(filter.search?.trim() || undefined, (text) => ({
      text: ['i.name', 'i.holder_name', 'i.holder_email', 'i.project_name'].map(like).join(' OR '),
      params: { like: likeParam(text) },
    })),
    when(filter.decided, (decided) => ({
      text: decided ? 'i.decision IS NOT NULL' : 'i.decision IS NULL',
      params: {},
    })),
    when(filter.decision, (decision) => ({ text: 'i.decision = :decision', params: { decision } })),
    when(filter.flagged, (flagged) => ({ text: 'i.flagged = :flagged', params: { flagged: flagged ? 1 : 0 } })),
    when(filter.connection, (connection) => ({ text: 'i.connection_id = :connection', params: { connection } })),
    when(filter.closure, (closure) => ({ text: CLOSURE[closure], params: {} })),
  ])
}

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  position: (d) => `i.position ${d}`,
  name: (d) => `i.name COLLATE NOCASE ${d}, i.position`,
  project: (d) => `i.project_name IS NULL, i.project_name COLLATE NOCASE ${d}, i.position`,
  'last-used': (d) => `i.last_used_at IS NULL, i.last_used_at ${d}, i.position`,
  decision: (d) => `i.decision IS NOT NULL, i.decision ${d}, i.position`,
}

/** The ids of all items of a review that a filter lets through, in order. */
export function itemIds(
  reader: Reader,
  reviewId: number,
  query: ReviewItemFilter & { readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' } },
): number[] {
  const where = itemWhere(reviewId, query)
  const order = (ORDER[query.sort.by] ?? ORDER['position'])?.(query.sort.direction) ?? 'i.position'
  return reader.column<number>(`SELECT i.id FROM review_item i WHERE ${where.text} ORDER BY ${order}`, where.params)
}

interface ItemColumns {
  readonly id: number
  readonly review_id: number
  readonly kind: ReviewKind
  readonly position: number
  readonly name: string
  readonly flagged: number
  readonly facts: string
  readonly decision: ItemDecision | null
  readonly change_to: string | null
  readonly why: string | null
  readonly until: Day | null
  readonly decided_by: string | null
  readonly decided_at: number | null
  readonly batch: number | null
  readonly batch_size: number | null
  readonly self_review: number | null
  readonly closed_sync: number | null
  readonly closed_at: number | null
}

const HOUR_MS = 3_600_000

/** Items for ids, in the order given; ids that do not exist are left out. A few statements whatever their number. */
export function itemRows(reader: Reader, ids: readonly number[], now: number): ReviewItem[] {
  const rows = reader.all<ItemColumns>(
    `SELECT i.id, i.review_id, r.kind, i.position, i.name, i.flagged, y.facts, i.decision, i.change_to, i.why, i.until,
       i.decided_by, i.decided_at, i.batch, b.size AS batch_size, i.self_review, i.closed_sync, i.closed_at
     FROM json_each(?) j JOIN review_item i ON i.id = j.value JOIN review r ON r.id = i.review_id
     JOIN review_item_facts y ON y.item_id = i.id LEFT JOIN review_batch b ON b.id = i.batch ORDER BY j.key`,
    [idsParam(ids)],
  )
  const pending = rows.filter((row) => isFollowed(row.decision) && row.closed_at === null)
  const left = residuals(
    reader,
    pending.map((row) => row.id),
    now,
  )
  return rows.map((row) => itemOf(row, left.get(row.id) ?? []))
}

function isFollowed(decision: ItemDecision | null): boolean {
  return decision === 'change' || decision === 'remove'
}

function itemOf(row: ItemColumns, left: readonly string[]): ReviewItem {
  return {
    itemId: row.id,
    reviewId: row.review_id,
    position: row.position,
    name: row.name,
    flagged: row.flagged === 1,
    facts: JSON.parse(row.facts) as ItemFacts,
    record:
      row.decision === null
        ? null
        : {
            decision: row.decision,
            to: row.change_to,
            why: row.why,
            until: row.until,
            by: row.decided_by ?? '',
            at: row.decided_at ?? 0,
            batch: row.batch ?? 0,
            batchSize: row.batch_size ?? 0,
            selfReview: row.self_review === 1,
          },
    closure: isFollowed(row.decision) ? closureOf(row, left) : null,
  }
}

function closureOf(row: ItemColumns, left: readonly string[]): ReviewItem['closure'] {
  if (row.closed_at === null) return { state: 'pending', syncId: null, at: null, hours: null, residual: [...left] }
  const hours = Math.max(0, row.closed_at - (row.decided_at ?? row.closed_at)) / HOUR_MS
  return {
    state: 'done',
    syncId: row.closed_sync,
    at: row.closed_at,
    hours: Math.round(hours * 10) / 10,
    residual: [],
  }
}

import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { ReviewKind, ReviewState } from '../../../shared/domain/reviews/review.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { allOf, idsParam, type Scope, type Sql, when } from '../db/scope.ts'

interface ReviewColumns extends ClientRefColumns {
  readonly id: number
  readonly kind: ReviewKind
  readonly name: string
  readonly state: ReviewState
  readonly opened_at: number
  readonly opened_by: string
  readonly due_on: Day
  readonly override: string | null
  readonly signed_at: number | null
  readonly signed_by: string | null
  readonly signed_operator: string | null
  readonly acknowledged_at: number | null
  readonly acknowledged_by: string | null
  readonly acknowledged_operator: string | null
}

interface Counts {
  readonly items: number
  readonly decided: number
  readonly flagged: number
  readonly keep: number
  readonly change: number
  readonly remove: number
  readonly unknown: number
  readonly pending: number
}

/** All clients means those that are not archived, as everywhere. */
function clientsInScope(scope: Scope): Sql {
  return scope.client === undefined
    ? { text: 'c.archived_at IS NULL', params: {} }
    : { text: 'c.slug = :scope_client', params: { scope_client: scope.client } }
}

export interface ReviewQuery extends Scope {
  readonly kind?: ReviewKind | undefined
  readonly state?: ReviewState | undefined
}

/** The ids of reviews, newest first. */
export function reviewIds(reader: Reader, query: ReviewQuery): number[] {
  const where = allOf([
    clientsInScope(query),
    when(query.kind, (kind) => ({ text: 'r.kind = :kind', params: { kind } })),
    when(query.state, (state) => ({ text: 'r.state = :state', params: { state } })),
  ])
  return reader.column<number>(
    `SELECT r.id FROM review r JOIN client c ON c.id = r.client_id WHERE ${where.text} ORDER BY r.opened_at DESC, r.id DESC`,
    where.params,
  )
}

/** Counted from one index; the facts of the items are not read. */
const COUNTS = `SELECT j.value AS id, count(*) AS items, count(i.decision) AS decided, sum(i.flagged) AS flagged,
    count(*) FILTER (WHERE i.decision = 'keep') AS keep, count(*) FILTER (WHERE i.decision = 'change') AS change,
    count(*) FILTER (WHERE i.decision = 'remove') AS remove, count(*) FILTER (WHERE i.decision = 'unknown') AS unknown,
    count(*) FILTER (WHERE i.decision IN ('change', 'remove') AND i.closed_at IS NULL) AS pending
  FROM json_each(?) j CROSS JOIN review_item i INDEXED BY review_item_summary ON i.review_id = j.value GROUP BY j.value`

/** Reviews for ids, in the order given; ids that do not exist are left out. */
export function reviewRows(reader: Reader, ids: readonly number[], today: Day): ReviewRow[] {
  const wanted = idsParam(ids)
  const counts = new Map(
    reader.all<Counts & { readonly id: number }>(COUNTS, [wanted]).map((row) => [row.id, row] as const),
  )
  return reader
    .all<ReviewColumns>(
      `SELECT r.*, ${CLIENT_REF} FROM json_each(?) j JOIN review r ON r.id = j.value JOIN client c ON c.id = r.client_id
       ORDER BY j.key`,
      [wanted],
    )
    .map((row) => rowOf(row, counts.get(row.id) ?? NO_COUNTS, today))
}

function signatureOf(by: string | null, operator: string | null, at: number | null): ReviewRow['signed'] {
  return by === null || at === null ? null : { by, operator, at }
}

function rowOf(row: ReviewColumns, counts: Counts, today: Day): ReviewRow {
  const { items, decided, flagged, pending, keep, change, remove, unknown } = counts
  return {
    reviewId: row.id,
    client: clientRefOf(row),
    kind: row.kind,
    name: row.name,
    state: row.state,
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    dueOn: row.due_on,
    overdue: row.state === 'open' && row.due_on < today,
    items,
    decided,
    flagged,
    decisions: { keep, change, remove, unknown },
    // What a review that was given up decided is not followed.
    pending: row.state === 'withdrawn' ? 0 : pending,
    signed: signatureOf(row.signed_by, row.signed_operator, row.signed_at),
    acknowledged: signatureOf(row.acknowledged_by, row.acknowledged_operator, row.acknowledged_at),
    override: row.override,
  }
}

const NO_COUNTS: Counts = {
  items: 0,
  decided: 0,
  flagged: 0,
  keep: 0,
  change: 0,
  remove: 0,
  unknown: 0,
  pending: 0,
}

/** The signed review that a review was compared with; null when there was none. */
export function previousOf(reader: Reader, reviewId: number): number | null {
  return reader.value<number | null>('SELECT previous_id FROM review WHERE id = ?', [reviewId]) ?? null
}

/** The last signed review of a kind of a client; null when there is none. */
export function lastSigned(reader: Reader, clientId: number, kind: ReviewKind): number | null {
  return (
    reader.value<number>(
      `SELECT r.id FROM review r WHERE r.client_id = ? AND r.kind = ? AND r.state IN ('signed', 'acknowledged')
       ORDER BY r.signed_at DESC, r.id DESC LIMIT 1`,
      [clientId, kind],
    ) ?? null
  )
}

/** The open review of a kind of a client; null when there is none. */
export function openReview(reader: Reader, clientId: number, kind: ReviewKind): number | null {
  return (
    reader.value<number>(`SELECT r.id FROM review r WHERE r.client_id = ? AND r.kind = ? AND r.state = 'open'`, [
      clientId,
      kind,
    ]) ?? null
  )
}

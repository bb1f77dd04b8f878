import { type ReviewProgress, type ReviewRow, reviewRow } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { ReviewKind, ReviewState } from '../../../shared/domain/reviews/review.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { listAll, idsParam, type Scope, type Sql, when } from '../db/scope.ts'

const columns = reviewRow.omit({
  overdue: true,
  items: true,
  decided: true,
  flagged: true,
  decisions: true,
  reviewers: true,
  pending: true,
})

interface Counts {
  readonly items: number
  readonly flagged: number
  readonly keep: number
  readonly change: number
  readonly remove: number
  readonly unknown: number
  readonly pending: number
}

/** "All clients" means those that are not archived, as everywhere. */
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
  const where = listAll([
    clientsInScope(query),
    when(query.kind, (kind) => ({ text: 'r.kind = :kind', params: { kind } })),
    when(query.state, (state) => ({ text: 'r.state = :state', params: { state } })),
  ])
  return reader.column<number>(
    `SELECT r.id FROM review r JOIN client c ON c.id = r.client_id WHERE ${where.text} ORDER BY r.opened_at DESC, r.id DESC`,
    where.params,
  )
}

/** Counted from one index, without reading the facts of the items. */
const COUNTS = `SELECT j.value AS id, count(*) AS items, sum(i.flagged) AS flagged,
    count(*) FILTER (WHERE i.decision = 'keep') AS keep, count(*) FILTER (WHERE i.decision = 'change') AS change,
    count(*) FILTER (WHERE i.decision = 'remove') AS remove, count(*) FILTER (WHERE i.decision = 'unknown') AS unknown,
    count(*) FILTER (WHERE i.decision IN ('change', 'remove') AND i.closed_at IS NULL) AS pending
  FROM json_each(?) j CROSS JOIN review_item i INDEXED BY review_item_summary ON i.review_id = j.value GROUP BY j.value`

const REVIEWERS = `SELECT i.review_id AS id, i.decided_by AS reviewer, count(*) FILTER (WHERE i.decision <> 'unknown') AS decided,
    count(*) FILTER (WHERE i.decision = 'unknown') AS questions, max(i.decided_at) AS lastAt
  FROM json_each(?) j CROSS JOIN review_item i INDEXED BY review_item_by_reviewer
    ON i.review_id = j.value AND i.decided_by IS NOT NULL
  GROUP BY i.review_id, i.decided_by`

/** Everyone who has decided items of reviews, last active first, by review. */
function readReviewers(reader: Reader, wanted: string): ReadonlyMap<number, ReviewProgress[]> {
  const rows = reader.all<ReviewProgress & { readonly id: number }>(REVIEWERS, [wanted])
  const byReview = Map.groupBy(
    rows.toSorted((a, b) => b.lastAt - a.lastAt),
    ({ id }) => id,
  )
  return new Map(
    [...byReview].map(([id, own]) => [
      id,
      own.map(({ reviewer, decided, questions, lastAt }) => ({ reviewer, decided, questions, lastAt })),
    ]),
  )
}

const nameColumns = columns.pick({ reviewId: true, client: true, kind: true, name: true })

/** What a review is called, without its counts, which take the longer the more items it has; undefined for a number that none has. */
export function findReviewName(
  reader: Reader,
  reviewId: number,
): Pick<ReviewRow, 'reviewId' | 'client' | 'kind' | 'name'> | undefined {
  const sql = `SELECT r.id AS reviewId, ${CLIENT_REF}, r.kind, r.name FROM review r JOIN client c ON c.id = r.client_id WHERE r.id = ?`
  return readRows(reader, nameColumns, sql, [reviewId])[0]
}

/** Reviews for ids, in the order given; ids that do not exist are left out. */
export function reviewRows(reader: Reader, ids: readonly number[], today: Day): ReviewRow[] {
  const wanted = idsParam(ids)
  const counts = new Map(
    reader.all<Counts & { readonly id: number }>(COUNTS, [wanted]).map((row) => [row.id, row] as const),
  )
  const reviewers = readReviewers(reader, wanted)
  return readRows(
    reader,
    columns,
    `SELECT r.id AS reviewId, ${CLIENT_REF}, r.kind, r.name, r.state, r.opened_at AS openedAt, r.opened_by AS openedBy, r.due_on AS dueOn,
       r.signed_by AS "signed.by", r.signed_operator AS "signed.operator", r.signed_at AS "signed.at",
       r.acknowledged_by AS "acknowledged.by", r.acknowledged_operator AS "acknowledged.operator",
       r.acknowledged_at AS "acknowledged.at", r.override, r.carried
     FROM json_each(?) j JOIN review r ON r.id = j.value JOIN client c ON c.id = r.client_id ORDER BY j.key`,
    [wanted],
  ).map((row) => {
    const { items, flagged, pending, keep, change, remove, unknown } = counts.get(row.reviewId) ?? NO_COUNTS
    return {
      ...row,
      overdue: row.state === 'open' && row.dueOn < today,
      items,
      decided: keep + change + remove,
      flagged,
      decisions: { keep, change, remove, unknown },
      reviewers: reviewers.get(row.reviewId) ?? [],
      // Decisions of a cancelled review are not tracked.
      pending: row.state === 'withdrawn' ? 0 : pending,
    }
  })
}

const NO_COUNTS: Counts = {
  items: 0,
  flagged: 0,
  keep: 0,
  change: 0,
  remove: 0,
  unknown: 0,
  pending: 0,
}

/** The signed review that a review was compared with; null when there was none. */
export function findPrevious(reader: Reader, reviewId: number): number | null {
  return (
    reader.value<number>('SELECT p.id FROM review r JOIN review p ON p.uid = r.previous WHERE r.id = ?', [reviewId]) ??
    null
  )
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

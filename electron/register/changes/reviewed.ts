import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'

/** A review as a point in time. */
export interface ReviewedAt {
  readonly id: number
  readonly client: string
  /** When its population was frozen, in milliseconds. */
  readonly openedAt: number
}

const REVIEWED = `SELECT r.id, c.slug AS client, r.opened_at AS openedAt FROM review r JOIN client c ON c.id = r.client_id`

/** Null when there is no such review. */
export function reviewedAt(reader: Reader, reviewId: number): ReviewedAt | null {
  return reader.get<ReviewedAt>(`${REVIEWED} WHERE r.id = ?`, [reviewId]) ?? null
}

/** The last signed review of each client in scope that has one, of a kind or of any. */
export function lastReviews(reader: Reader, scope: Scope, kind: ReviewKind | 'any'): readonly ReviewedAt[] {
  const inScope = connectionsInScope(scope)
  return reader.all<ReviewedAt>(
    `${REVIEWED} WHERE c.id IN (SELECT cn.client_id FROM connection cn WHERE cn.id IN (${inScope.text}))
     AND r.id = (SELECT o.id FROM review o WHERE o.client_id = c.id AND o.state IN ('signed', 'acknowledged')
       AND (:kind = 'any' OR o.kind = :kind) ORDER BY o.signed_at DESC, o.id DESC LIMIT 1)`,
    { ...inScope.params, kind },
  )
}

/**
 * The syncs that reviews were opened on, for every connection of their clients. A connection that was not in the review
 * was added since: all of it is new.
 */
export function syncsOfReviews(
  reader: Reader,
  reviews: readonly ReviewedAt[],
): readonly (readonly [connectionId: number, syncId: number | null])[] {
  return reader
    .all<{ readonly connection: number; readonly sync: number | null }>(
      `SELECT cn.id AS connection,
         (SELECT max(s.sync_id) FROM review_source s WHERE s.review_id = r.id AND s.connection_id = cn.id) AS sync
       FROM json_each(?) j JOIN review r ON r.id = j.value JOIN connection cn ON cn.client_id = r.client_id`,
      [JSON.stringify(reviews.map(({ id }) => id))],
    )
    .map(({ connection, sync }) => [connection, sync])
}

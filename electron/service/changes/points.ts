import type { Point } from '../../../shared/contract/changes.ts'
import { addDays, computeStart } from '../../../shared/domain/day.ts'
import { reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { lastReviews, reviewedAt, type ReviewedAt, syncsOfReviews } from '../../register/changes/reviewed.ts'
import type { Moment } from '../../register/changes/span.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { Scope } from '../../register/db/scope.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'

/** A point in the form that the register is queried with, and the instant that it is compared by. */
interface ComparePoint {
  readonly moment: Moment
  readonly at: number
}

/** The two ends of a question about changes. `until` null means now. */
export interface Ends {
  readonly scope: Scope
  readonly since: Moment
  readonly until: Moment | null
}

interface PointsQuestion {
  readonly client?: string | undefined
  readonly since: Point
  readonly until?: Point | undefined
}

/**
 * Looks up the ends and reviews of a question about changes. A review belongs to one client, so the comparison is then
 * limited to that client. Throws `Refusal` NOT_FOUND, and INVALID when the beginning comes after the end or a review
 * belongs to another client than the scope.
 */
export function endsOfQuestion(
  reader: Reader,
  { client, since, until }: PointsQuestion,
): { readonly ends: Ends; readonly isAfter: boolean } {
  const scope: Scope = { client: [since, until].reduce((slug, point) => findClient(reader, point, slug), client) }
  const from = resolved(reader, scope, since, 'since')
  const to = until === undefined ? null : resolved(reader, scope, until, 'until')
  return {
    ends: { scope, since: from.moment, until: to?.moment ?? null },
    isAfter: to !== null && isAfter(from, to),
  }
}

function isAfter(from: ComparePoint, to: ComparePoint): boolean {
  if ('sync' in from.moment && 'sync' in to.moment) return from.moment.sync > to.moment.sync
  return from.at > to.at
}

/** The client of a question, once a review in it was looked up. */
function findClient(reader: Reader, point: Point | undefined, client: string | undefined): string | undefined {
  if (point === undefined || !('review' in point)) return client
  const review = existing(reader, point.review)
  if (client !== undefined && review.client !== client) {
    throw invalid(
      'review',
      `Review ${review.id} belongs to the client ${review.client}.`,
      'Compare for that client, or for all.',
    )
  }
  return review.client
}

function existing(reader: Reader, reviewId: number): ReviewedAt {
  const review = reviewedAt(reader, reviewId)
  if (review === null) throw notFound(`Review ${reviewId}`, 'Choose a review from the list, or give a day.')
  return review
}

function resolved(reader: Reader, scope: Scope, point: Point, field: 'since' | 'until'): ComparePoint {
  if ('at' in point) return { moment: point, at: point.at }
  if ('sync' in point) return { moment: point, at: readEnd(reader, point.sync) }
  if ('review' in point) return ofReviews(reader, [existing(reader, point.review)])
  if ('lastReview' in point) {
    const kind = point.lastReview
    const reviews = lastReviews(reader, scope, kind)
    if (reviews.length > 0) return ofReviews(reader, reviews)
    const what = `No review${kind === 'any' ? '' : ` of ${reviewTitle(kind).toLowerCase()}`}`
    const whose = scope.client === undefined ? '' : ` for ${scope.client}`
    throw new Refusal('NOT_FOUND', `${what} was signed${whose} yet.`, 'Sign a review first, or give a day.')
  }
  // Up to the last moment before the day begins, or before the next day does; the moment before a day belongs to the
  // day before.
  const next = computeStart(field === 'since' ? point.day : addDays(point.day, 1))
  return { moment: { at: next - 1 }, at: field === 'since' ? next : next - 1 }
}

function ofReviews(reader: Reader, reviews: readonly ReviewedAt[]): ComparePoint {
  return {
    moment: { syncs: syncsOfReviews(reader, reviews) },
    at: Math.min(...reviews.map((review) => review.openedAt)),
  }
}

/** When a sync ended. */
function readEnd(reader: Reader, sync: number): number {
  const at = reader.value<number>('SELECT finished_at FROM sync WHERE id = ?', [sync])
  if (at === undefined) throw notFound(`Sync ${sync}`, 'Choose a sync of the timeline, or give a day.')
  return at
}

import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Writer } from '../../../../electron/register/db/handles.ts'
import { freeze } from '../../../../electron/register/reviews/freeze.ts'
import { reviewTable } from '../../../../electron/register/rows/reviews.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import type { BodyOf } from '../../../../shared/decisions/operations.ts'
import { toOpenedReview } from '../../../../shared/decisions/reviews.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import type { ReviewKind } from '../../../../shared/domain/reviews/review.ts'
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'

interface Opening {
  readonly clientId: number
  readonly kind: ReviewKind
  readonly at: number
  readonly today: Day
  readonly previousId?: number | null | undefined
}

/** Freezes a population and opens a review over it, without a row of the journal. Returns the review's number. */
export function openReview(writer: Writer, { clientId, kind, at, today, previousId = null }: Opening): number {
  const { population } = freeze(writer, { clientId, kind, at, today, previousId, policy: DEFAULT_POLICY, sources: [] })
  const client = writer.value<string>('SELECT slug FROM client WHERE id = ?', [clientId])!
  const previousUid = writer.value<string>('SELECT uid FROM review WHERE id = ?', [previousId]) ?? null
  const body = {
    v: 1,
    reviewUid: createUid(at),
    kind,
    dueOn: today,
    previousUid,
    items: 0,
    flagged: 0,
    population,
  } as const
  const opened = { kind: 'review.opened', at, operator: 'Mara', client, subject: kind, body } as const
  return reviewTable.write(writer, null, { ...toOpenedReview(opened) })!
}

/** Decides as the service does, without a row of the journal. Returns the number of the batch. */
export function decide(
  writer: Writer,
  reviewId: number,
  at: number,
  body: Pick<BodyOf<'review.decided'>, 'positions' | 'decision' | 'self'> & {
    readonly to?: string
    readonly why?: string
  },
): number {
  const reviewUid = writer.value<string>('SELECT uid FROM review WHERE id = ?', [reviewId])!
  const decided = { v: 1, reviewUid, batchUid: createUid(at), ...body } as const
  const { batch = 0 } = settleDecision(writer, { kind: 'review.decided', at, ...BY, body: decided })
  return batch
}

/** Signs off a review as the service does, without a row of the journal. */
export function sign(writer: Writer, reviewId: number, at: number, on: Day): void {
  const review = writer.get<{ readonly uid: string; readonly kind: ReviewKind }>(
    'SELECT uid, kind FROM review WHERE id = ?',
    [reviewId],
  )!
  const counts = { items: 0, kept: 0, changed: 0, removed: 0, unknown: 0 }
  const body = { v: 1, reviewUid: review.uid, kind: review.kind, as: 'Mara', on, ...counts, dueOn: on, overdue: false }
  settleDecision(writer, { kind: 'review.signed', at, ...BY, body: { ...body, v: 1, marks: [] } })
}

/** Reverts a batch as the service does, without a row of the journal. */
export function undo(writer: Writer, batch: number, at: number): void {
  const body = writer.get<{ readonly reviewUid: string; readonly batchUid: string }>(
    'SELECT r.uid AS reviewUid, b.uid AS batchUid FROM review_batch b JOIN review r ON r.id = b.review_id WHERE b.id = ?',
    [batch],
  )
  if (body !== undefined)
    settleDecision(writer, { kind: 'review.undone', at, ...BY, body: { v: 1, ...body, items: 0 } })
}

const BY = { operator: 'Mara', client: 'acme', subject: 'items' } as const

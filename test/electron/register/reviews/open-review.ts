import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Writer } from '../../../../electron/register/db/handles.ts'
import { freeze } from '../../../../electron/register/reviews/freeze.ts'
import { insertReview, type NewReview } from '../../../../electron/register/reviews/opening.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'

/** Freezes a population and opens a review over it, without an operation. Returns the review's number. */
export function openReview(
  writer: Writer,
  review: Pick<NewReview, 'clientId' | 'kind' | 'at'> & {
    readonly today: Day
    readonly previousId?: number | undefined
  },
): number {
  const { clientId, kind, at, today, previousId = null } = review
  freeze(writer, { clientId, kind, at, today, previousId, policy: DEFAULT_POLICY, sources: [] })
  const opened = { clientId, kind, at, previousId, dueOn: today, name: kind, by: 'Mara', override: null }
  return insertReview(writer, { ...opened, uid: createUid(at) }).reviewId
}

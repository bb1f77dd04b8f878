import type { ReviewScheduleRow } from '../../../shared/contract/reviews.ts'
import { currentStep } from '../../../shared/domain/reminder.ts'
import { reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { insertReviewStep, isReviewStepFired } from '../../register/reviews/reminder.ts'
import { schedule } from '../../register/reviews/schedule/schedule.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'
import { remind, sayDue } from '../core/notification.ts'

/**
 * Tells of the reviews that have come up since the last check: for each the rung that it stands on, once. Whatever was
 * missed while the application was closed is spoken for by that rung. Returns how many were told.
 */
export function checkReviewReminders(context: Context): number {
  const reader = getReader(context)
  const moment = makeMoment(context)
  const pending = schedule(reader, {}, moment).flatMap(({ row, clientId, policy }) => {
    const { kind, dueOn } = row
    if (dueOn === null) return []
    const ladder = { leadDays: policy.reviewLeadDays, overdueEveryDays: policy.overdueEveryDays }
    const current = currentStep(dueOn, moment.today, ladder)
    if (current === null) return []
    const fired = { clientId, kind, dueOn, rung: current.rung }
    return isReviewStepFired(reader, fired) ? [] : [{ ...row, ...fired }]
  })
  return remind(context, pending, {
    record: insertReviewStep,
    ...sayDue<(typeof pending)[number]>(moment.today, {
      verb: 'sign',
      name: ({ kind }) => `Review ${reviewTitle(kind)}`,
      until: 'To be signed by',
      to: getPlace,
      want: ['review wants', 'reviews want', 'signing'],
      toAll: '/reviews',
    }),
  })
}

/** The open review, or the schedule that it is opened from. */
function getPlace({ client, openReviewId }: Pick<ReviewScheduleRow, 'client' | 'openReviewId'>): string {
  return openReviewId === null
    ? `/reviews?client=${encodeURIComponent(client.slug)}`
    : `/reviews?review=${openReviewId}`
}

import type { ReviewScheduleRow } from '../../../shared/contract/reviews.ts'
import { currentStep } from '../../../shared/domain/reminder.ts'
import { reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { insertReviewStep, isReviewStepFired } from '../../register/reviews/reminder.ts'
import { schedule } from '../../register/reviews/schedule/schedule.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'
import { remind, sayDue } from '../core/notification.ts'

/**
 * Notifies of the reviews that came up since the last check: for each its current reminder step, once. That step also
 * covers the steps that passed while the application was closed. Returns how many were notified.
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
      until: 'Sign-off due on',
      to: getPlace,
      want: ['review is', 'reviews are', 'awaiting sign-off'],
      toAll: '/',
    }),
  })
}

/** The open review, or the schedule that it is opened from. */
function getPlace({ client, openReviewId }: Pick<ReviewScheduleRow, 'client' | 'openReviewId'>): string {
  return openReviewId === null
    ? `/reviews?client=${encodeURIComponent(client.slug)}`
    : `/reviews?review=${openReviewId}`
}

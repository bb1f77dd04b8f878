import type { ReviewScheduleRow } from '../../../shared/contract/reviews.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { type Day, daysBetween } from '../../../shared/domain/day.ts'
import { currentRung } from '../../../shared/domain/reminder.ts'
import { reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { insertReviewRung, isReviewRungFired, type ReviewRung } from '../../register/reviews/reminder.ts'
import { schedule } from '../../register/reviews/schedule/schedule.ts'
import { type Context, readerOf, registerOf, todayOf, momentOf } from '../core/context.ts'
import { type Notification, ONE_BY_ONE, oneLine } from '../core/notification.ts'

interface Pending {
  readonly rung: ReviewRung
  readonly row: ReviewScheduleRow
}

/**
 * Tells of the reviews that have come up since the last check: for each the rung that it stands on, once. Whatever was
 * missed while the application was closed is spoken for by that rung. Returns how many were told.
 */
export function checkReviewReminders(context: Context): number {
  const today = todayOf(context)
  const pending = pendingOf(context, today)
  // A check that finds nothing leaves the register, and all lists that were read from it, as they are.
  if (pending.length === 0) return 0
  const at = context.now()
  registerOf(context).transact((writer) => {
    for (const { rung } of pending) insertReviewRung(writer, rung, at)
  })
  const rows = pending.map(({ row }) => row)
  for (const notification of notificationsOf(rows, today)) context.host.notify(notification)
  return pending.length
}

function pendingOf(context: Context, today: Day): Pending[] {
  const reader = readerOf(context)
  return schedule(reader, {}, momentOf(context)).flatMap(({ row, clientId, policy }) => {
    if (row.dueOn === null) return []
    const ladder = { leadDays: policy.reviewLeadDays, overdueEveryDays: policy.overdueEveryDays }
    const current = currentRung(row.dueOn, today, ladder)
    if (current === null) return []
    const rung = { clientId, kind: row.kind, dueOn: row.dueOn, rung: current.rung }
    return isReviewRungFired(reader, rung) ? [] : [{ rung, row }]
  })
}

/** Each by itself, or, when there are many, all in one. */
function notificationsOf(rows: readonly ReviewScheduleRow[], today: Day): Notification[] {
  if (rows.length > ONE_BY_ONE) return [summaryOf(rows)]
  return rows.map((row) => ({
    title: `Review ${reviewTitle(row.kind)}: ${whenDue(row.dueOn ?? today, today)}`,
    body: `${oneLine(row.client.name)}. To be signed by ${row.dueOn}.`,
    to: placeOf(row),
  }))
}

/** The open review, or the schedule that it is opened from. */
function placeOf({ client, openReviewId }: ReviewScheduleRow): string {
  return openReviewId === null
    ? `/reviews?client=${encodeURIComponent(client.slug)}`
    : `/reviews?review=${openReviewId}`
}

function summaryOf(rows: readonly ReviewScheduleRow[]): Notification {
  const overdue = rows.filter((row) => row.overdue).length
  const due = rows.length - overdue
  const parts = [overdue > 0 ? `${overdue} overdue` : null, due > 0 ? `${due} coming up` : null].filter(
    (part) => part !== null,
  )
  const clients = new Map(rows.map(({ client }) => [client.slug, client.name]))
  const [only] = clients.size === 1 ? clients.values() : []
  const where = only === undefined ? `across ${counted(clients.size, 'client')}` : `of ${oneLine(only)}`
  return {
    title: `${counted(rows.length, 'review wants', 'reviews want')} signing`,
    body: `${parts.join(', ')}, ${where}.`,
    to: '/reviews',
  }
}

function whenDue(dueOn: Day, today: Day): string {
  const left = daysBetween(today, dueOn)
  if (left === 0) return 'sign today'
  const days = `${Math.abs(left)} ${Math.abs(left) === 1 ? 'day' : 'days'}`
  return left > 0 ? `sign within ${days}` : `${days} overdue`
}

import type { Day } from '../../../shared/domain/day.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import type { ReminderStep } from '../../../shared/domain/reminder.ts'
import type { Reader, Writer } from '../db/handles.ts'

/** One reminder step of one scheduled review. */
export interface ReviewStep {
  readonly clientId: number
  readonly kind: ReviewKind
  readonly dueOn: Day
  readonly rung: ReminderStep
}

export function isReviewStepFired(reader: Reader, { clientId, kind, dueOn, rung }: ReviewStep): boolean {
  return (
    reader.value('SELECT 1 FROM review_reminder WHERE client_id = ? AND kind = ? AND due_on = ? AND rung = ?', [
      clientId,
      kind,
      dueOn,
      rung,
    ]) === 1
  )
}

/** Records a reminder step as sent, so that it is not sent again. */
export function insertReviewStep(writer: Writer, { clientId, kind, dueOn, rung }: ReviewStep, at: number): void {
  writer.run('INSERT INTO review_reminder (client_id, kind, due_on, rung, fired_at) VALUES (?, ?, ?, ?, ?)', [
    clientId,
    kind,
    dueOn,
    rung,
    at,
  ])
}

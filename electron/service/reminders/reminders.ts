import { addDays, type Day, toLocalDay, type Moment } from '../../../shared/domain/day.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import { currentStep, type ReminderStep, snoozeStep } from '../../../shared/domain/reminder.ts'
import { longestLead } from '../../../shared/domain/rotation.ts'
import type { Reader } from '../../register/db/handles.ts'
import { policyLookup } from '../../register/clients/policy.ts'
import {
  insertReminder,
  isFired,
  type Remindable,
  remindable,
  remindersById,
  type SentReminder,
} from '../../register/keys/reminder.ts'
import { setSnooze } from '../../register/keys/rotation.ts'
import { assertWritable, type Context, getReader, makeRegister, getToday } from '../core/context.ts'
import { notify, oneLine, sayDue } from '../core/notification.ts'
import { checkReportReminders } from '../reports/schedule.ts'
import { checkReviewReminders } from '../reviews/reminders.ts'

interface Pending {
  readonly key: Remindable
  /** Null: no reminder step is due, but a snooze has ended. */
  readonly rung: ReminderStep | null
}

/**
 * Fires the reminders that came up since the last check: for each key its current reminder step, once. That step also
 * covers the steps that passed while the application was closed. A key whose snooze has ended gets one reminder for
 * that, which covers the steps that came up meanwhile. Also notifies of reviews and usage reports that came up. Returns
 * what was fired. Throws `Refusal` READ_ONLY.
 */
export function checkReminders(context: Context): SentReminder[] {
  assertWritable(context)
  checkReviewReminders(context)
  checkReportReminders(context)
  const today = getToday(context)
  const pending = listPending(getReader(context), { now: context.now(), today })
  // A check that finds nothing leaves the register, and all lists that were read from it, unchanged.
  if (pending.length === 0) return []
  const at = context.now()
  const fired = makeRegister(context).transact((writer) =>
    pending.flatMap(({ key, rung }) => {
      if (key.snoozedUntil !== null) setSnooze(writer, key.keyId, null)
      return rung === null ? [] : [insertReminder(writer, { keyId: key.keyId, dueOn: key.dueOn, rung, at })]
    }),
  )
  if (fired.length === 0) return []
  const reminders = remindersById(getReader(context), fired)
  notify(
    context,
    reminders,
    sayDue<SentReminder>(today, {
      verb: 'rotate',
      name: ({ keyName }) => oneLine(keyName),
      until: 'Rotation due on',
      to: ({ keyId }) => `/keys?key=${keyId}`,
      want: ['key is', 'keys are', 'due for rotation'],
      toAll: '/',
    }),
  )
  context.events.changed('rotation')
  return reminders
}

function listPending(reader: Reader, moment: Moment): Pending[] {
  const { today } = moment
  const getPolicy = policyLookup(reader)
  const leads = reader.column<number>('SELECT id FROM client').map((id) => longestLead(getPolicy(id)))
  const until = addDays(today, Math.max(0, ...leads))
  return remindable(reader, until, moment).flatMap((key) => {
    const rung = findStep(key, today, getPolicy(key.clientId))
    const isNew = rung !== null && !isFired(reader, key.keyId, key.dueOn, rung)
    return isNew || key.snoozedUntil !== null ? [{ key, rung: isNew ? rung : null }] : []
  })
}

function findStep(key: Remindable, today: Day, policy: Policy): ReminderStep | null {
  // A snooze that ended before any step came up delayed nothing.
  if (key.snoozedUntil !== null && currentStep(key.dueOn, key.snoozedUntil, policy) !== null) {
    return snoozeStep(key.snoozedUntil)
  }
  const current = currentStep(key.dueOn, today, policy)
  if (current === null) return null
  const isSpokenFor = key.snoozeReportedAt !== null && toLocalDay(key.snoozeReportedAt) >= current.on
  return isSpokenFor ? null : current.rung
}

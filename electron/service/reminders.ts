import type { Reminder } from '../../shared/contract/reminders.ts'
import { addDays, type Day, daysBetween } from '../../shared/domain/day.ts'
import { currentRung } from '../../shared/domain/reminder.ts'
import { longestLead } from '../../shared/domain/rotation.ts'
import { policyLookup } from '../register/policy.ts'
import { insertReminder, remindable, remindersById } from '../register/reminder.ts'
import { type Context, readerOf, registerOf, todayOf } from './context.ts'

/** More than this at once are told in one notification. */
const ONE_BY_ONE = 3

/**
 * Fires what has come up since the last check: for each key the rung it stands on, once. Whatever was missed while the
 * application was closed is spoken for by that rung. Returns what was fired.
 */
export function checkReminders(context: Context): Reminder[] {
  const today = todayOf(context)
  const fired = registerOf(context).transact((writer) => {
    const policyOf = policyLookup(writer)
    const leads = writer.column<number>('SELECT id FROM client').map((id) => longestLead(policyOf(id)))
    const until = addDays(today, Math.max(0, ...leads))
    return remindable(writer, until, today).flatMap((key) => {
      const rung = currentRung(key.dueOn, today, policyOf(key.clientId))
      if (rung === null) return []
      const id = insertReminder(writer, { ...key, rung: rung.rung, at: context.now() })
      return id === null ? [] : [id]
    })
  })
  if (fired.length === 0) return []
  const reminders = remindersById(readerOf(context), fired)
  notify(context, reminders, today)
  context.events.changed('reminders')
  return reminders
}

function notify(context: Context, reminders: readonly Reminder[], today: Day): void {
  if (reminders.length > ONE_BY_ONE) {
    const overdue = reminders.filter((reminder) => reminder.dueOn < today).length
    const due = reminders.length - overdue
    const parts = [overdue > 0 ? `${overdue} overdue` : null, due > 0 ? `${due} coming up` : null].filter(
      (part) => part !== null,
    )
    context.host.notify({
      title: `${reminders.length} keys want rotating`,
      body: `${parts.join(', ')}, across ${new Set(reminders.map((reminder) => reminder.client.slug)).size} clients.`,
      to: '/rotation',
    })
    return
  }
  for (const reminder of reminders) {
    context.host.notify({
      title: `${reminder.keyName}: ${whenDue(reminder.dueOn, today)}`,
      body: `${reminder.client.name}. Rotation due on ${reminder.dueOn}.`,
      to: `/keys?key=${reminder.keyId}`,
    })
  }
}

function whenDue(dueOn: Day, today: Day): string {
  const left = daysBetween(today, dueOn)
  if (left === 0) return 'rotate today'
  const days = `${Math.abs(left)} ${Math.abs(left) === 1 ? 'day' : 'days'}`
  return left > 0 ? `rotate within ${days}` : `${days} overdue`
}

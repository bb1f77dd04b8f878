import type { Reminder } from '../../../shared/contract/reminders.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { type Day, daysBetween } from '../../../shared/domain/day.ts'
import { INVISIBLE, visibleText } from '../../../shared/domain/text/visible-text.ts'

/** A desktop notification; a click on it opens `to` in the window. */
export interface Notification {
  readonly title: string
  readonly body: string
  readonly to: string
}

/** More than this at once are told in one notification. */
export const ONE_BY_ONE = 3

/** What to tell of reminders that were just fired: each by itself, or, when there are many, all in one. */
export function notificationsOf(reminders: readonly Reminder[], today: Day): Notification[] {
  if (reminders.length > ONE_BY_ONE) return [summaryOf(reminders, today)]
  return reminders.map((reminder) => ({
    title: `${oneLine(reminder.keyName)}: ${whenDue(reminder.dueOn, today)}`,
    body: `${oneLine(reminder.client.name)}. Rotation due on ${reminder.dueOn}.`,
    to: `/keys?key=${reminder.keyId}`,
  }))
}

function summaryOf(reminders: readonly Reminder[], today: Day): Notification {
  const overdue = reminders.filter((reminder) => reminder.dueOn < today).length
  const due = reminders.length - overdue
  const parts = [overdue > 0 ? `${overdue} overdue` : null, due > 0 ? `${due} coming up` : null].filter(
    (part) => part !== null,
  )
  const clients = new Map(reminders.map((reminder) => [reminder.client.slug, reminder.client.name]))
  const [only] = clients.size === 1 ? clients.values() : []
  const where = only === undefined ? `across ${counted(clients.size, 'client')}` : `of ${oneLine(only)}`
  return {
    title: `${counted(reminders.length, 'key wants', 'keys want')} rotating`,
    body: `${parts.join(', ')}, ${where}.`,
    to: '/rotation',
  }
}

function whenDue(dueOn: Day, today: Day): string {
  const left = daysBetween(today, dueOn)
  if (left === 0) return 'rotate today'
  const days = `${Math.abs(left)} ${Math.abs(left) === 1 ? 'day' : 'days'}`
  return left > 0 ? `rotate within ${days}` : `${days} overdue`
}

const HIDDEN = new RegExp(`[${INVISIBLE.join('')}]`, 'gu')

/** A desktop shows about so much of a title. */
const LONGEST = 80

/** A provider's name as a notification may show it: one line, nothing that is not seen, not too long. */
export function oneLine(text: string): string {
  const line = visibleText(text).replaceAll(HIDDEN, '').replaceAll(/\s+/gu, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).toWellFormed()}…` : line
}

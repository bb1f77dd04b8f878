import { addDays, daysBetween, type Day } from './day.ts'
import type { Policy } from './policy.ts'

/**
 * One reminder step for one due day: `before` counts days left (30, 14, 7, 1, 0), `overdue` counts the weeks since (1,
 * 2, …), `snoozed` names the day on which a snooze ended. Each step of a due day fires once, whatever happens in
 * between.
 */
export type ReminderStep = `before-${number}` | `overdue-${number}` | `snoozed-${Day}`

export type ReminderPolicy = Pick<Policy, 'leadDays' | 'overdueEveryDays'>

export interface DueStep {
  readonly rung: ReminderStep
  /** The day on which it should have fired. */
  readonly on: Day
}

/**
 * The current reminder step of a due day: the last one that is reached, or null while none is. Steps that were missed
 * before it (the application was closed) are not fired one by one; only the last one is.
 */
export function currentStep(dueOn: Day, today: Day, policy: ReminderPolicy): DueStep | null {
  const left = daysBetween(today, dueOn)
  const weeks = left < 0 ? Math.floor(-left / policy.overdueEveryDays) : 0
  if (weeks > 0) return { rung: `overdue-${weeks}`, on: addDays(dueOn, weeks * policy.overdueEveryDays) }
  const reached = policy.leadDays.filter((lead) => left <= lead)
  if (reached.length === 0) return null
  const lead = Math.min(...reached)
  return { rung: `before-${lead}`, on: addDays(dueOn, -lead) }
}

/** The reminder step of a snooze that ends on a day. */
export function snoozeStep(until: Day): ReminderStep {
  return `snoozed-${until}`
}

/**
 * The day on which the next reminder fires while a key is snoozed: the end of the snooze, if a step is reached by then.
 */
export function reminderAfterSnooze(dueOn: Day, until: Day, policy: ReminderPolicy): Day {
  return currentStep(dueOn, until, policy) === null ? nextReminder(dueOn, until, policy) : until
}

/** The next day after today on which a reminder fires. */
export function nextReminder(dueOn: Day, today: Day, policy: ReminderPolicy): Day {
  const left = daysBetween(today, dueOn)
  const coming = policy.leadDays.filter((lead) => lead < left)
  if (coming.length > 0) return addDays(dueOn, -Math.max(...coming))
  const weeks = left < 0 ? Math.floor(-left / policy.overdueEveryDays) : 0
  return addDays(dueOn, (weeks + 1) * policy.overdueEveryDays)
}

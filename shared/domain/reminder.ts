import { addDays, daysBetween, type Day } from './day.ts'
import type { Policy } from './policy.ts'

/**
 * One rung of the reminder ladder for one due day: `before` counts days left (30, 14, 7, 1, 0), `overdue` counts the
 * weeks since (1, 2, …). Each rung of a due day fires once, whatever happens in between.
 */
export type Rung = `before-${number}` | `overdue-${number}`

export interface DueRung {
  readonly rung: Rung
  /** The day on which it should have fired. */
  readonly on: Day
}

/**
 * The rung a due day stands on today: the last one that has come up, or null while none has. Rungs that were missed
 * before it (the application was closed) are not fired one by one; the last one speaks for them.
 */
export function currentRung(
  dueOn: Day,
  today: Day,
  policy: Pick<Policy, 'leadDays' | 'overdueEveryDays'>,
): DueRung | null {
  const left = daysBetween(today, dueOn)
  const weeks = left < 0 ? Math.floor(-left / policy.overdueEveryDays) : 0
  if (weeks > 0) return { rung: `overdue-${weeks}`, on: addDays(dueOn, weeks * policy.overdueEveryDays) }
  const reached = policy.leadDays.filter((lead) => left <= lead)
  if (reached.length === 0) return null
  const lead = Math.min(...reached)
  return { rung: `before-${lead}`, on: addDays(dueOn, -lead) }
}

/** The next day after today on which a reminder will fire. */
export function nextReminder(dueOn: Day, today: Day, policy: Pick<Policy, 'leadDays' | 'overdueEveryDays'>): Day {
  const left = daysBetween(today, dueOn)
  const coming = policy.leadDays.filter((lead) => lead < left)
  if (coming.length > 0) return addDays(dueOn, -Math.max(...coming))
  const weeks = left < 0 ? Math.floor(-left / policy.overdueEveryDays) : 0
  return addDays(dueOn, (weeks + 1) * policy.overdueEveryDays)
}

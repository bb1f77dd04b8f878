import { addDays, type Day } from './day.ts'

/** A span of due days, its ends included; a missing end has no limit. */
export interface DueSpan {
  readonly dueFrom?: Day | undefined
  readonly dueUntil?: Day | undefined
}

/** The lists of rotation, by the due days of their keys. */
export const DUE_LISTS = ['week', 'overdue', 'all'] as const
export type DueList = (typeof DUE_LISTS)[number]

const WEEK_DAYS = 7

/** The due days of the next week: from today, so that overdue keys are not among them. */
export function findWeek(today: Day): { readonly dueFrom: Day; readonly dueUntil: Day } {
  return { dueFrom: today, dueUntil: addDays(today, WEEK_DAYS) }
}

/** The due days of overdue keys: all before today. */
export function findOverdue(today: Day): DueSpan {
  return { dueUntil: addDays(today, -1) }
}

export function findDueSpan(list: DueList, today: Day): DueSpan {
  if (list === 'week') return findWeek(today)
  return list === 'overdue' ? findOverdue(today) : {}
}

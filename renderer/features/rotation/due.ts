import { addDays, type Day } from '../../../shared/domain/day.ts'
import { findOverdue, findWeek, type DueSpan } from '../../../shared/domain/due-span.ts'
import { formatDay, formatShortDay } from '../../../shared/domain/text/dates.ts'
import type { Group } from '../../ui/table/row-layout.ts'

const MONTH_DAYS = 30

/** The last day that a due day can have; keys without a due day are never found by it. */
const LAST_DAY = '9999-12-31'

/** `26 Nov to 3 Dec 2026`, with both years where they differ. */
export function formatWeek(today: Day): string {
  const { dueFrom, dueUntil } = findWeek(today)
  const isOneYear = dueFrom.slice(0, 4) === dueUntil.slice(0, 4)
  return `${isOneYear ? formatShortDay(dueFrom) : formatDay(dueFrom)} to ${formatDay(dueUntil)}`
}

/** The spans whose keys are counted for the tabs and the groups of the list. */
export function listSpans(today: Day) {
  return {
    overdue: findOverdue(today),
    week: findWeek(today),
    /** Overdue ones included. */
    month: { dueUntil: addDays(today, MONTH_DAYS) },
    /** Every key that has a due day. */
    dated: { dueUntil: LAST_DAY },
    /** Every key. */
    all: {},
  } satisfies Readonly<Record<string, DueSpan>>
}

/** The number of keys in each span of `listSpans`. */
export type DueCounts = Readonly<Record<keyof ReturnType<typeof listSpans>, number>>

/**
 * The groups of all keys by due day, in the order of their rows. Counts read at different moments never make a negative
 * group.
 */
export function makeGroups(counts: DueCounts): readonly Group[] {
  const month = Math.max(counts.overdue + counts.week, counts.month)
  const dated = Math.max(month, counts.dated)
  return [
    { id: 'overdue', label: 'Overdue', count: counts.overdue },
    { id: 'week', label: 'This week', count: counts.week },
    { id: 'month', label: 'Within 30 days', count: month - counts.overdue - counts.week },
    { id: 'later', label: 'Later', count: dated - month },
    { id: 'unknown', label: 'No due date', count: Math.max(0, counts.all - dated) },
  ]
}

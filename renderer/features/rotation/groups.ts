import type { Group } from '../../ui/table/row-layout.ts'

/** Cumulative counts of the keys by due date; each includes the one before. */
export interface DueCounts {
  readonly overdue: number
  /** Due within 7 days, overdue ones included. */
  readonly week: number
  /** Due within 30 days, overdue ones included. */
  readonly month: number
  /** All keys with a due date. */
  readonly dated: number
  /** All keys. */
  readonly all: number
}

export const WEEK_DAYS = 7
export const MONTH_DAYS = 30

/**
 * The groups of the due list, in the order of its rows. Counts read at different moments never make a negative group.
 */
export function getGroups(counts: DueCounts): readonly Group[] {
  const week = Math.max(counts.overdue, counts.week)
  const month = Math.max(week, counts.month)
  const dated = Math.max(month, counts.dated)
  return [
    { id: 'overdue', label: 'Overdue', count: counts.overdue },
    { id: 'week', label: 'Within a week', count: week - counts.overdue },
    { id: 'month', label: 'Within a month', count: month - week },
    { id: 'later', label: 'Later', count: dated - month },
    { id: 'unknown', label: 'No due date', count: Math.max(0, counts.all - dated) },
  ]
}

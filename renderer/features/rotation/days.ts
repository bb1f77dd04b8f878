import type { Outputs } from '../../../shared/contract/contract.ts'
import { addDays, daysBetween, type Day } from '../../../shared/domain/day.ts'
import { ROTATION_STATES, type RotationState } from '../../../shared/domain/rotation.ts'

type Counts = Outputs['rotation']['calendar']

export interface DayCount {
  readonly state: RotationState
  readonly count: number
}

/** The counts of each day, worst state first. */
export function countsByDay(counts: Counts): ReadonlyMap<Day, readonly DayCount[]> {
  const byDay = Map.groupBy(counts, ({ on }) => on)
  for (const each of byDay.values()) {
    each.sort((a, b) => ROTATION_STATES.indexOf(a.state) - ROTATION_STATES.indexOf(b.state))
  }
  return byDay
}

/** The first day of a day's month. */
export function getMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`
}

/** The days of a month's sheet: the month and the ends of its first and last week. */
export function toSheet(month: Day): { readonly from: Day; readonly until: Day } {
  return { from: addDays(month, -6), until: addDays(month, 41) }
}

const STATE_WORDS: Readonly<Record<RotationState, string>> = {
  overdue: 'overdue',
  due: 'due',
  ok: 'planned',
  unknown: 'without a due date',
}

export function stateWord(state: RotationState): string {
  return STATE_WORDS[state]
}

/** The longest span of one request for the calendar, in days. */
export const SPAN_DAYS = 365

/** A span of days in pieces that the calendar accepts; empty when it ends before it begins. */
export function listSpans(from: Day, until: Day): readonly { readonly from: Day; readonly until: Day }[] {
  const spans: { from: Day; until: Day }[] = []
  for (let start = from; start <= until; start = addDays(start, SPAN_DAYS)) {
    const end = addDays(start, SPAN_DAYS - 1)
    spans.push({ from: start, until: daysBetween(end, until) < 0 ? until : end })
  }
  return spans
}

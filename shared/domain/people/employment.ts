import type { Day } from '../day.ts'

export const EMPLOYMENT_STATES = ['employed', 'leave', 'departed'] as const

export type EmploymentState = (typeof EMPLOYMENT_STATES)[number]

/** HR's report about a person. Null: not reported. */
export interface Employment {
  /** The employee number, or another identifier of the person in the source. */
  readonly externalId: string | null
  readonly name: string
  readonly status: EmploymentState
  readonly department: string | null
  /** Name or address, as in the source. */
  readonly manager: string | null
  readonly jobTitle: string | null
  readonly contractor: boolean
  readonly startsOn: Day | null
  /** The last day. */
  readonly endsOn: Day | null
}

/** The source of employment that a person set by marking someone as leaving. */
export const MARKED_SOURCE = 'Marked manually'

/**
 * Employment of someone who is marked as leaving: what HR reported, with another last day. With a last day of today or
 * earlier they have left; with a later one they leave after it.
 *
 * @example markEmployment(null, 'Ana Ruiz', '2026-12-02', '2026-11-26').status // 'employed'
 */
export function markEmployment(before: Employment | null, name: string, lastDay: Day, today: Day): Employment {
  const known = before ?? {
    externalId: null,
    name,
    status: 'employed',
    department: null,
    manager: null,
    jobTitle: null,
    contractor: false,
    startsOn: null,
    endsOn: null,
  }
  return { ...known, status: lastDay <= today ? 'departed' : known.status, endsOn: lastDay }
}

/** Left: the source reports it, or the last day has passed. On the last day itself a person is still employed. */
export function isDeparted(employment: Pick<Employment, 'status' | 'endsOn'>, today: Day): boolean {
  return employment.status === 'departed' || (employment.endsOn !== null && employment.endsOn < today)
}

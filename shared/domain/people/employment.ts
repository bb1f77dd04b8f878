import type { Day } from '../day.ts'

export const EMPLOYMENT_STATES = ['employed', 'leave', 'departed'] as const

export type EmploymentState = (typeof EMPLOYMENT_STATES)[number]

/** What HR reports about a person. Null: not reported. */
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

/** Left: the source reports it, or the last day has passed. On the last day itself a person is still employed. */
export function isDeparted(employment: Pick<Employment, 'status' | 'endsOn'>, today: Day): boolean {
  return employment.status === 'departed' || (employment.endsOn !== null && employment.endsOn < today)
}

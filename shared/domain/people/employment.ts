import type { Day } from '../day.ts'

export const EMPLOYMENT_STATES = ['employed', 'leave', 'departed'] as const

export type EmploymentState = (typeof EMPLOYMENT_STATES)[number]

/** What personnel says of a person. Null: it does not say. */
export interface Employment {
  /** The employee number, or whatever else names the person in the source. */
  readonly externalId: string | null
  readonly name: string
  readonly status: EmploymentState
  readonly department: string | null
  /** Name or address, as the source has it. */
  readonly manager: string | null
  readonly jobTitle: string | null
  readonly contractor: boolean
  readonly startsOn: Day | null
  /** The last day. */
  readonly endsOn: Day | null
}

/** Departed: the source says so, or the last day has passed. On the last day itself a person still belongs. */
export function isDeparted(employment: Pick<Employment, 'status' | 'endsOn'>, today: Day): boolean {
  return employment.status === 'departed' || (employment.endsOn !== null && employment.endsOn < today)
}

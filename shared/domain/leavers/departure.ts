import { addDays, type Day } from '../day.ts'

const HOUR_MS = 3_600_000

/**
 * Hours after a departure at which remaining access is late. PCI DSS 8.2.5 asks for access to be revoked immediately;
 * auditors test for less than 24 hours.
 */
export const LATE_HOURS = 24

/** The known facts of a departure: the last day, and the instants at which a file reported it. */
export interface DepartureKnown {
  readonly endsOn: Day | null
  readonly departureReportedAt: number | null
  readonly reportedAt: number
}

/**
 * The instant of a departure, in milliseconds: the end of the last day on the operator's calendar; if no day is known,
 * when a file first reported it. A last day that has not ended yet counts from when it was reported, too.
 */
export function departureAt({ endsOn, departureReportedAt, reportedAt }: DepartureKnown, now: number): number {
  const reported = departureReportedAt ?? reportedAt
  if (endsOn === null) return reported
  const ended = computeLocalStart(addDays(endsOn, 1))
  return ended <= now ? ended : Math.min(reported, now)
}

/** Whole hours since a departure, never negative. */
export function hoursSince(departedAt: number, now: number): number {
  return Math.max(0, Math.floor((now - departedAt) / HOUR_MS))
}

/** The instant at which a day begins on the operator's calendar. */
function computeLocalStart(day: Day): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const start = new Date(2000, 0, 1)
  // Years before 100 would be read as years of the 20th century.
  start.setFullYear(year, month - 1, date)
  return start.getTime()
}

/** The things in a person's own name: memberships of organizations, pending invites and personal keys. */
export const HELD_KINDS = ['account', 'invite', 'key'] as const
export type HeldKind = (typeof HELD_KINDS)[number]

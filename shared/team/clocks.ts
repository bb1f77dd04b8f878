import { counted } from '../domain/counted.ts'

const MINUTE_MS = 60_000

/** A difference of two clocks up to this is not shown: machines that set their clocks by the network differ by seconds. */
export const LARGEST_CLOCK_MS = 5 * MINUTE_MS

/** When something was decided and placed, in milliseconds. Null: not known. */
export interface PlacedTimes {
  /** By its author's clock, and signed. */
  readonly at: number
  /** By the server's clock, when the author's login placed it. */
  readonly placedAt: number | null
  /** The same of the entry that its author had read to. */
  readonly seenAt: number | null
}

/**
 * By how many milliseconds the clock of an author was wrong at least: ahead where positive, behind where negative. Null where the times
 * show no more than the tolerance. What is decided offline is placed later, which shows nothing; but nothing is placed before it is
 * decided, and nothing is decided before that which its author had read was placed.
 *
 * @example findClockError({ at: noon + day, placedAt: noon, seenAt: null }) // day: that clock was ahead
 */
export function findClockError({ at, placedAt, seenAt }: PlacedTimes): number | null {
  if (placedAt === null) return null
  if (at - placedAt > LARGEST_CLOCK_MS) return at - placedAt
  // What was placed together with the one that it rests on was placed again, by a device that held both.
  if (seenAt === null || seenAt >= placedAt) return null
  return seenAt - at > LARGEST_CLOCK_MS ? at - seenAt : null
}

/** A difference of clocks: `3 hours ahead`, `2 days behind`. */
export function describeDifference(ms: number): string {
  const [unit, word] = UNITS.find(([least]) => Math.abs(ms) >= 2 * least) ?? UNITS[2]
  return `${counted(Math.round(Math.abs(ms) / unit), word)} ${ms > 0 ? 'ahead' : 'behind'}`
}

const UNITS = [
  [24 * 60 * MINUTE_MS, 'day'],
  [60 * MINUTE_MS, 'hour'],
  [MINUTE_MS, 'minute'],
] as const

/** The device of a member; null: of one that the team does not know. */
export function nameDevice(member: string | null, isOwn: boolean): string {
  if (isOwn) return 'this device'
  return member === null ? 'an unknown device' : `${member}’s device`
}

/** The clock of a decision that is known to have been wrong, with the times as text. `whose`: the device, `Anna’s device`. */
export function describeClockError({
  whose,
  at,
  placedAt,
  ms,
}: {
  readonly whose: string
  readonly at: string
  readonly placedAt: string
  readonly ms: number
}): string {
  return `Decided at ${at} by the clock of ${whose}; the server placed it at ${placedAt}. That clock was about ${describeDifference(ms)}.`
}

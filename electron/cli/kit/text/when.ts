import { toLocalDay } from '../../../../shared/domain/day.ts'

/** An instant in a table: the day on the operator's calendar; a dash when unknown. */
export function dayCell(instant: number | null): string {
  return instant === null ? '-' : toLocalDay(instant)
}

/** An instant in a table, to the minute, on the operator's clock. */
export function minuteCell(instant: number | null): string {
  if (instant === null) return '-'
  return `${toLocalDay(instant)} ${new Date(instant).toTimeString().slice(0, 5)}`
}

/** The time of day at an instant in UTC, to the second: `14:05:09 UTC`. */
export function clockTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(11, 19)} UTC`
}

/** An instant in JSON: ISO 8601, UTC. */
export function isoTime(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}

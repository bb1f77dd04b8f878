import { counted } from '../counted.ts'
import { DAY_SECONDS } from '../day.ts'

const UNITS = [
  [DAY_SECONDS, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const

/** How long a token lives, in its largest whole unit: `1 hour`, `90 minutes`, `45 seconds`; null: `not reported`. */
export function lifetimeWords(seconds: number | null): string {
  if (seconds === null) return 'not reported'
  const unit = UNITS.find(([size]) => seconds >= size && seconds % size === 0)
  return unit === undefined ? counted(seconds, 'second') : counted(seconds / unit[0], unit[1])
}

import type { Day } from '../../shared/domain/day.ts'
import { formatDay, parseDay } from './relative.ts'

/** The days that a field takes: from the first to the last, both included. */
export interface DayBounds {
  readonly min?: Day | undefined
  readonly max?: Day | undefined
  /** True if the field must not be empty. */
  readonly required?: boolean | undefined
}

/** The reason why a written text is not an allowed day, for people; null for an allowed one. */
export function checkDay(text: string, { min, max, required = false }: DayBounds): string | null {
  if (text.trim() === '') return required ? 'Enter a date, such as 2 Dec 2026' : null
  const day = parseDay(text)
  if (day === null) return 'Not a date. Write it as 2 Dec 2026 or 2026-12-02'
  if (min !== undefined && day < min) return `The earliest date is ${formatDay(min)}`
  if (max !== undefined && day > max) return `The latest date is ${formatDay(max)}`
  return null
}

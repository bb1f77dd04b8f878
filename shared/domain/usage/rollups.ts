import { DAY_MS, getDay } from '../day.ts'

export const USAGE_DIMENSIONS = ['project', 'key', 'principal', 'model', 'feature'] as const
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number]

/**
 * The measures of usage. Tokens of the input include those read from or written to a cache. Money is whole micro-USD.
 */
export const USAGE_MEASURES = ['requests', 'input', 'cached', 'cacheWrite', 'output', 'cost', 'estimate'] as const

/** The stored columns of each: the same, and the part of a cost beyond whole micro-USD, in nano-USD (see `Cost`). */
export const KEPT_MEASURES = [...USAGE_MEASURES, 'costNano'] as const

export interface UsageRollup {
  /** Number in the register; never used again for another roll-up. */
  readonly code: number
  readonly period: 'day' | 'month'
  readonly by: readonly UsageDimension[]
}

/**
 * The roll-ups of usage. Every record is added to one row of each, so that each roll-up has the same total; a query
 * reads the smallest roll-up with the dimensions that it needs.
 */
export const USAGE_ROLLUPS = [
  { code: 1, period: 'day', by: ['project'] },
  { code: 2, period: 'day', by: ['key'] },
  { code: 3, period: 'day', by: ['principal'] },
  { code: 4, period: 'day', by: ['model'] },
  { code: 5, period: 'day', by: ['feature'] },
  { code: 6, period: 'day', by: ['project', 'model'] },
  { code: 7, period: 'month', by: ['project', 'key', 'model'] },
  { code: 8, period: 'month', by: ['principal', 'model'] },
  { code: 9, period: 'month', by: ['feature', 'key'] },
  { code: 10, period: 'month', by: ['project'] },
  { code: 11, period: 'month', by: ['key'] },
  { code: 12, period: 'month', by: ['principal'] },
  { code: 13, period: 'month', by: ['feature'] },
  { code: 14, period: 'month', by: ['model'] },
] as const satisfies readonly UsageRollup[]

/**
 * For each roll-up the position of one of the same period with its dimensions and more, from which its sums can be added
 * up; -1 where there is none.
 */
export const ROLLUP_SOURCES: readonly number[] = USAGE_ROLLUPS.map(({ period, by }: UsageRollup) =>
  USAGE_ROLLUPS.findIndex(
    (source: UsageRollup) =>
      source.period === period && source.by.length > by.length && by.every((one) => source.by.includes(one)),
  ),
)

/** The positions of the roll-ups that have no such source: records are added to these. */
export const COUNTED_ROLLUPS: readonly number[] = [...ROLLUP_SOURCES.keys()].filter(
  (position) => ROLLUP_SOURCES[position] === -1,
)

/** Days since 1970-01-01, UTC, of an instant in milliseconds. */
export function dayNumber(at: number): number {
  return Math.floor(at / DAY_MS)
}

/** Months since January 1970, UTC, of a number of days. */
export function monthOfDay(day: number): number {
  const date = new Date(day * DAY_MS)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

/** The first day of a month: days since 1970-01-01 for months since January 1970. */
export function toFirstDay(month: number): number {
  return dayNumber(Date.UTC(1970, month, 1))
}

/** Months since January 1970 of `YYYY-MM`; null for anything else. */
export function monthNumber(text: string): number | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/u.exec(text)
  return match === null ? null : (Number(match[1]) - 1970) * 12 + Number(match[2]) - 1
}

/** `YYYY-MM`. */
export function monthText(month: number): string {
  return new Date(Date.UTC(1970, month, 1)).toISOString().slice(0, 7)
}

/** `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return getDay(day * DAY_MS)
}

import { DAY_MS } from '../../../shared/domain/day.ts'

/** A time range, both ends included, in milliseconds. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** Time ranges without those that overlap or touch another: these are one. In the order of time. */
export function joined(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const whole: { from: number; to: number }[] = []
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1)
    if (last === undefined || from > last.to + 1) whole.push({ from, to })
    else last.to = Math.max(last.to, to)
  }
  return whole
}

/** A time range of a log that is read by itself is at least so long: each costs a request even where nothing happened. */
const SHORTEST_MS = 10 * DAY_MS
const MOST_PARTS = 8

/** A long time range in parts that are read side by side, in whole seconds: some logs know no shorter time. */
export function splitUp({ from, to }: TimeRange): readonly TimeRange[] {
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.floor((to - from) / SHORTEST_MS)))
  const length = Math.ceil((to - from) / parts / 1000) * 1000
  return Array.from({ length: parts }, (_, n) => ({
    from: from + n * length,
    to: n === parts - 1 ? to : from + (n + 1) * length - 1,
  }))
}

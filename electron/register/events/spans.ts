import { DAY_MS } from '../../../shared/domain/day.ts'

/** A stretch of time, both ends included, in milliseconds. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Stretches without those that overlap or touch another: these are one. In the order of time. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const whole: { from: number; to: number }[] = []
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1)
    if (last === undefined || from > last.to + 1) whole.push({ from, to })
    else last.to = Math.max(last.to, to)
  }
  return whole
}

/** A stretch of a log that is read by itself is at least so long: each costs a request even where nothing happened. */
const SHORTEST_MS = 10 * DAY_MS
const MOST_PARTS = 8

/** A long stretch in parts that are read side by side, in whole seconds: some logs know no shorter time. */
export function splitUp({ from, to }: Stretch): readonly Stretch[] {
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.floor((to - from) / SHORTEST_MS)))
  const length = Math.ceil((to - from) / parts / 1000) * 1000
  return Array.from({ length: parts }, (_, n) => ({
    from: from + n * length,
    to: n === parts - 1 ? to : from + (n + 1) * length - 1,
  }))
}

import type { Result, Row, Run, Unit } from './report.ts'
import { isMoreBetter, toTimes } from './table.ts'

/** How far a figure may move before it counts as another one. */
const MARGIN = 0.2

/** A row of which the figure moved by more than the margin. */
export interface Moved {
  readonly bench: string
  readonly what: string
  readonly before: number
  readonly now: number
  readonly isWorse: boolean
}

/** Units that do not depend on how fast the machine is. */
const COUNTED: ReadonlySet<Unit> = new Set(['MB', 'kB', 'lines'])

/**
 * The rows of a run whose figures differ from the accepted run's by more than a fifth. A row with a peer is compared by
 * its ratio, a memory or a count as it is, and a time without a peer by the yardstick of both runs. A row that the other
 * run does not have is left out.
 */
export function findMoved(accepted: Run, now: Run): readonly Moved[] {
  const before = new Map(accepted.results.flatMap(toFigures))
  return now.results.flatMap((result) =>
    toFigures(result).flatMap(([key, figure]): Moved[] => {
      const old = before.get(key)
      if (old === undefined || figure.value === old.value) return []
      const factor = figure.value / old.value
      if (factor <= 1 + MARGIN && factor >= 1 / (1 + MARGIN)) return []
      const { bench, what } = figure
      return [{ bench, what, before: old.value, now: figure.value, isWorse: factor > 1 }]
    }),
  )
}

interface Figure {
  readonly bench: string
  readonly what: string
  /** The less, the better. */
  readonly value: number
}

function toFigures(result: Result): readonly (readonly [key: string, figure: Figure])[] {
  return result.report.rows.map((row) => {
    const what = row.peer === undefined ? row.what : `${row.what} (${row.peer.name})`
    const key = [result.name, what, row.unit].join('\u0000')
    return [key, { bench: result.name, what, value: toValue(row, result.yardstick) }]
  })
}

function toValue(row: Row, yardstick: number): number {
  const times = toTimes(row)
  if (times !== null) return times
  if (COUNTED.has(row.unit)) return row.ours.median
  return isMoreBetter(row.unit) ? 1 / (row.ours.median * yardstick) : row.ours.median / yardstick
}

/** One moved row as a line for people. */
export function movedText({ bench, what, before, now, isWorse }: Moved): string {
  const change = isWorse ? now / before : before / now
  return `${bench}: ${what}: ${change.toFixed(2)} times ${isWorse ? 'worse' : 'better'} than accepted (${before.toPrecision(3)}, now ${now.toPrecision(3)})`
}

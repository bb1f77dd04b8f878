import { exactly, type Result, type Row, type Run, type Unit } from './report.ts'
import { isMoreBetter } from './table.ts'

/** How far a figure may move before it counts as another one. */
const MARGIN = 0.2

/** The same for a time that was measured once: nothing is known of how much it scatters. */
const MARGIN_ONCE = 1

/** A row of which the figure moved by more than the margin. */
export interface Moved {
  readonly bench: string
  readonly what: string
  readonly before: number
  readonly now: number
  readonly isWorse: boolean
}

/** Units that do not depend on how fast the machine is. */
const COUNTED: ReadonlySet<Unit> = new Set(['MB', 'kB', 'bytes', 'lines'])

/**
 * The rows of a run whose figures differ from the accepted run's by more than a fifth, and by more than either scatters: the
 * middle halves of both are apart. A row with a peer is compared by its ratio, a memory or a count as it is, and a time
 * without a peer by the yardstick of both runs. A row that the other run does not have is left out.
 */
export function findMoved(accepted: Run, now: Run): readonly Moved[] {
  const before = new Map(accepted.results.flatMap(toFigures))
  return now.results.flatMap((result) =>
    toFigures(result).flatMap(([key, figure]): Moved[] => {
      const old = before.get(key)
      if (old === undefined || figure.value === old.value) return []
      const factor = figure.value / old.value
      const margin = figure.isOnce && old.isOnce ? MARGIN_ONCE : MARGIN
      if (factor <= 1 + margin && factor >= 1 / (1 + margin)) return []
      if (figure.middle[0] <= old.middle[1] && old.middle[0] <= figure.middle[1]) return []
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
  /** Between these it is in half of the runs. */
  readonly middle: readonly [number, number]
  /** Whether it is a time of a single run. */
  readonly isOnce: boolean
}

function toFigures(result: Result): readonly (readonly [key: string, figure: Figure])[] {
  return result.report.rows.map((row) => {
    const what = row.peer === undefined ? row.what : `${row.what} (${row.peer.name})`
    const key = [result.name, what, row.unit].join('\u0000')
    const isOnce = row.ours.runs === 1 && !COUNTED.has(row.unit)
    return [key, { bench: result.name, what, isOnce, ...toValue(row, result.yardstick) }]
  })
}

function toValue(row: Row, yardstick: number): Pick<Figure, 'value' | 'middle'> {
  const { ours, peer, unit } = row
  // What ours is divided by, or what is divided by ours where more is better.
  const by = peer?.sample ?? exactly(COUNTED.has(unit) ? 1 : isMoreBetter(unit) ? 1 / yardstick : yardstick)
  const [low, high] = ours.middle
  return isMoreBetter(unit)
    ? { value: by.median / ours.median, middle: [by.middle[0] / high, by.middle[1] / low] }
    : { value: ours.median / by.median, middle: [low / by.middle[1], high / by.middle[0]] }
}

/** One moved row as a line for people. */
export function movedText({ bench, what, before, now, isWorse }: Moved): string {
  const change = isWorse ? now / before : before / now
  return `${bench}: ${what}: ${change.toFixed(2)} times ${isWorse ? 'worse' : 'better'} than accepted (${before.toPrecision(3)}, now ${now.toPrecision(3)})`
}

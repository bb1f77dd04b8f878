/** Positions in ascending order: each by itself, or the first and the last of several that follow each other. */
export type Runs = readonly (number | readonly [first: number, last: number])[]

/**
 * Positions, from 1, in the shortest form. A batch over all 10,000 items of a review is one run.
 *
 * @example toRuns([1, 2, 3, 7]) // [[1, 3], 7]
 */
export function toRuns(positions: readonly number[]): Runs {
  const runs: (number | [number, number])[] = []
  for (const position of [...new Set(positions)].toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last === undefined || lastOf(last) !== position - 1) runs.push(position)
    else if (typeof last === 'number') runs[runs.length - 1] = [last, position]
    else last[1] = position
  }
  return runs
}

/** The positions themselves, in ascending order. */
export function listPositions(runs: Runs): readonly number[] {
  return runs.flatMap((run) =>
    typeof run === 'number' ? [run] : Array.from({ length: run[1] - run[0] + 1 }, (_, index) => run[0] + index),
  )
}

/** The highest of them; 0 where there is none. */
export function lastPosition(runs: Runs): number {
  const last = runs.at(-1)
  return last === undefined ? 0 : lastOf(last)
}

/** Whether they ascend, so that no position is there twice. */
export function isAscending(runs: Runs): boolean {
  let before = 0
  for (const run of runs) {
    const [first, last] = typeof run === 'number' ? [run, run] : run
    if (first <= before || last < first) return false
    before = last
  }
  return true
}

function lastOf(run: Runs[number]): number {
  return typeof run === 'number' ? run : run[1]
}

/** Positions in ascending order: each by itself, or the first and the last of several that follow each other. */
export type Runs = readonly (number | readonly [first: number, last: number])[]

/**
 * Positions, from 1, in the shortest form. A batch over all 10,000 items of a review is one run.
 *
 * @example toRuns([1, 2, 3, 7]) // [[1, 3], 7]
 */
export function toRuns(positions: readonly number[]): (number | [first: number, last: number])[] {
  const runs: (number | [number, number])[] = []
  for (const position of [...new Set(positions)].toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last === undefined || lastOf(last) !== position - 1) runs.push(position)
    else if (typeof last === 'number') runs[runs.length - 1] = [last, position]
    else last[1] = position
  }
  return runs
}

/** How many they are. */
export function countPositions(runs: Runs): number {
  return runs.reduce<number>((sum, run) => sum + lastOf(run) - firstOf(run) + 1, 0)
}

/** Returns the runs that have a position between the lowest and the highest of other runs. */
export function listNear(runs: Runs, others: Runs): Runs {
  const [first, last] = [firstOf(others[0] ?? 0), lastPosition(others)]
  return runs.filter((run) => lastOf(run) >= first && firstOf(run) <= last)
}

/** The highest of them; 0 where there is none. */
export function lastPosition(runs: Runs): number {
  const last = runs.at(-1)
  return last === undefined ? 0 : lastOf(last)
}

/** True if a position is among them. */
export function hasPosition(runs: Runs, position: number): boolean {
  let [from, to] = [0, runs.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const run = runs[middle] ?? 0
    if (lastOf(run) < position) from = middle + 1
    else if (firstOf(run) > position) to = middle
    else return true
  }
  return false
}

/**
 * Finds the last of several lists that has a position; null where none has it. They are read from the last one on, and each
 * position is set once: a hostile pack can have a thousand lists that each have every position.
 */
export function makeLastFinder(lists: readonly Runs[]): (position: number) => number | null {
  const end = lists.reduce((most, runs) => Math.max(most, lastPosition(runs)), 0)
  const found = new Int32Array(end + 1).fill(-1)
  /** The next position that is not set, or a step on the way to it. */
  const next = Int32Array.from({ length: end + 2 }, (_, position) => position)
  const findNext = (position: number): number => {
    let free = position
    while (next[free] !== free) free = next[free] ?? end + 1
    for (let at = position; next[at] !== free;) {
      const step = next[at] ?? free
      next[at] = free
      at = step
    }
    return free
  }
  for (const [index, runs] of [...lists.entries()].toReversed()) {
    for (const run of runs) {
      for (let at = findNext(firstOf(run)); at <= lastOf(run); at = findNext(at)) {
        found[at] = index
        next[at] = at + 1
      }
    }
  }
  return (position) => {
    const last = found[position] ?? -1
    return last === -1 ? null : last
  }
}

/** Positions that the same lists have, which are named by their index in ascending order. */
interface Part {
  readonly first: number
  readonly last: number
  readonly of: readonly number[]
}

/**
 * Divides positions at the ends of runs, so that the cost depends on the number of runs and not on that of positions. Those that no list
 * has are left out.
 *
 * @example splitRuns([[[1, 9]], [[4, 5]]]) // 1–3 of the first list, 4–5 of both, 6–9 of the first
 */
export function splitRuns(lists: readonly Runs[]): readonly Part[] {
  const ends = new Map<number, { readonly begin: number[]; readonly end: number[] }>()
  const at = (position: number) => {
    const known = ends.get(position) ?? { begin: [], end: [] }
    ends.set(position, known)
    return known
  }
  for (const [index, runs] of lists.entries()) {
    for (const run of runs) {
      at(firstOf(run)).begin.push(index)
      at(lastOf(run) + 1).end.push(index)
    }
  }
  const open = new Set<number>()
  const parts: Part[] = []
  let first = 0
  for (const [position, { begin, end }] of [...ends].toSorted(([a], [b]) => a - b)) {
    if (open.size > 0) parts.push({ first, last: position - 1, of: [...open].toSorted((a, b) => a - b) })
    for (const index of end) open.delete(index)
    for (const index of begin) open.add(index)
    first = position
  }
  return parts
}

/** True if they ascend, so that no position is there twice. */
export function isAscending(runs: Runs): boolean {
  let before = 0
  for (const run of runs) {
    const [first, last] = typeof run === 'number' ? [run, run] : run
    if (first <= before || last < first) return false
    before = last
  }
  return true
}

function firstOf(run: Runs[number]): number {
  return typeof run === 'number' ? run : run[0]
}

function lastOf(run: Runs[number]): number {
  return typeof run === 'number' ? run : run[1]
}

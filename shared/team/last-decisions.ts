import { lastPosition, type Runs } from '../domain/reviews/positions.ts'

interface Batches {
  /** In the order of the decisions. */
  readonly batches: ReadonlyMap<string, { readonly positions: Runs; readonly isUndone: boolean }>
}

/** Of each item of a review, the batch that decided it last. */
export interface LastDecisions {
  set(positions: Runs, batch: string): void
  /** Gives the items of a batch that was reverted back to the batches before it. */
  remove(batch: string, review: Batches): void
  /** The last batches of some items. */
  list(positions: Runs): readonly string[]
}

interface Part {
  readonly first: number
  readonly last: number
  readonly batch: string
}

/** Items lie in parts with one last batch, in ascending order, so that the cost depends on the runs of a batch and not on all batches. */
export function createLastDecisions(): LastDecisions {
  const parts: Part[] = []
  const findFrom = (position: number): number => {
    let [from, to] = [0, parts.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((parts[middle]?.last ?? 0) < position) from = middle + 1
      else to = middle
    }
    return from
  }
  /** The number of parts from one on that have a position up to `last`. */
  const countTo = (from: number, last: number): number => {
    let end = from
    while (end < parts.length && (parts[end]?.first ?? 0) <= last) end += 1
    return end - from
  }
  const replace = (first: number, last: number, batch: string | null): void => {
    const from = findFrom(first)
    const count = countTo(from, last)
    const [begin, end] = [parts[from], parts[from + count - 1]]
    const next: Part[] = batch === null ? [] : [{ first, last, batch }]
    if (count > 0 && begin !== undefined && begin.first < first) next.unshift({ ...begin, last: first - 1 })
    if (count > 0 && end !== undefined && end.last > last) next.push({ ...end, first: last + 1 })
    parts.splice(from, count, ...next)
  }
  const near = (positions: Runs): readonly Part[] =>
    toPairs(positions).flatMap(([first, last]) => {
      const from = findFrom(first)
      return parts.slice(from, from + countTo(from, last))
    })
  return {
    set: (positions, batch) => {
      for (const [first, last] of toPairs(positions)) replace(first, last, batch)
    },
    remove: (batch, { batches }) => {
      const left = near(batches.get(batch)?.positions ?? []).filter((part) => part.batch === batch)
      for (const { first, last } of left) replace(first, last, null)
      const [lowest, highest] = [left[0]?.first ?? 0, left.at(-1)?.last ?? 0]
      for (const [uid, { positions, isUndone }] of batches) {
        if (uid === batch) break
        if (isUndone || lastPosition(positions) < lowest || firstPosition(positions) > highest) continue
        for (const [first, last] of toPairs(positions)) {
          for (const part of left) {
            if (part.first <= last && part.last >= first) {
              replace(Math.max(first, part.first), Math.min(last, part.last), uid)
            }
          }
        }
      }
    },
    list: (positions) => near(positions).map(({ batch }) => batch),
  }
}

function firstPosition([run = 0]: Runs): number {
  return typeof run === 'number' ? run : run[0]
}

function toPairs(positions: Runs): readonly (readonly [first: number, last: number])[] {
  return positions.map((run) => (typeof run === 'number' ? ([run, run] as const) : run))
}

import { certaintyRank } from '../../../shared/domain/certainty.ts'
import type { PlannedKey } from './plan.ts'

interface Sort {
  readonly by: string
  readonly direction: 'asc' | 'desc'
}

const NAMES = new Intl.Collator('en')

/**
 * The ids of planned keys, which are given by id, in the order of a list: ties by the last day, then by name, then by id.
 * `getClient` returns the name of the client of a connection.
 *
 * Each different text is compared, not each key, and the keys are then put in place by number: a million keys have few last
 * days and clients.
 */
export function orderPlan(
  keys: readonly PlannedKey[],
  { by, direction }: Sort,
  getClient: (connection: number) => string,
): number[] {
  const isDescending = direction === 'desc'
  const byName = place(
    keys.map((_, n) => n),
    rank(keys, ({ name }) => name, NAMES.compare),
  )
  const ids = (order: readonly number[]): number[] => order.flatMap((n) => keys[n]?.keyId ?? [])
  if (by === 'name') return ids(isDescending ? byName.toReversed() : byName)
  const byDay = place(
    byName,
    rank(keys, ({ lastDay }) => lastDay, compareText),
    by === 'last-day' && isDescending,
  )
  if (by === 'certainty') {
    return ids(
      place(
        byDay,
        keys.map(({ certainty }) => certaintyRank(certainty)),
        isDescending,
      ),
    )
  }
  if (by === 'client') {
    return ids(
      place(
        byDay,
        rank(keys, ({ connection }) => getClient(connection), NAMES.compare),
        isDescending,
      ),
    )
  }
  return ids(byDay)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The place of the text of each key among all different ones, from 0. */
function rank(
  keys: readonly PlannedKey[],
  read: (key: PlannedKey) => string,
  compare: (a: string, b: string) => number,
): number[] {
  const texts = [...new Set(keys.map(read))].toSorted(compare)
  const ranks = new Map<string, number>()
  let last = 0
  for (const [n, text] of texts.entries()) {
    if (n > 0 && compare(texts[n - 1] ?? '', text) !== 0) last += 1
    ranks.set(text, last)
  }
  return keys.map((key) => ranks.get(read(key)) ?? 0)
}

/** An order by rank, where those of one rank stay in the order before (a counting sort). */
function place(order: readonly number[], ranks: readonly number[], isDescending = false): number[] {
  const most = ranks.reduce((a, b) => Math.max(a, b), 0)
  const toRank = (n: number): number => (isDescending ? most - (ranks[n] ?? 0) : (ranks[n] ?? 0))
  // The next place for each rank; first how many have it.
  const next = new Uint32Array(most + 2)
  for (const n of order) next[toRank(n) + 1] = (next[toRank(n) + 1] ?? 0) + 1
  for (let r = 1; r < next.length; r += 1) next[r] = (next[r] ?? 0) + (next[r - 1] ?? 0)
  const placed = Array.from<number>({ length: order.length })
  for (const n of order) {
    const at = next[toRank(n)] ?? 0
    placed[at] = n
    next[toRank(n)] = at + 1
  }
  return placed
}

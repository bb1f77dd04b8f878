import type { Entry } from '../../shared/team/entry.ts'
import { isEntry, isSameEntry } from './entry.ts'
import { findHead } from './held-heads.ts'
import { toHex } from './hex.ts'
import type { TeamLog } from './log.ts'
import type { Replica } from './replica.ts'

const READ_TOGETHER = 1000

/** One of two histories of a stream, from the position at which they differ. */
export interface Branch {
  /** The author of the first entry, by uid. */
  readonly device: string
  /** How many entries it has from there on. */
  readonly entries: number
  /** The head after each of them, in hex. */
  readonly heads: readonly string[]
}

/** Two histories of a stream: the one that this device holds, and the server's. */
export interface Fork {
  readonly stream: string
  /** The first position at which they differ. */
  readonly seq: number
  readonly own: Branch
  readonly there: Branch
}

/** Null where both have the same entries as far as both go. Throws `TeamLogError`. */
export async function findFork(replica: Replica, log: TeamLog, stream: string): Promise<Fork | null> {
  const held = replica.stream(stream).place.next
  const newest = (await log.heads()).get(stream)?.seq ?? -1
  const isSame = async (seq: number): Promise<boolean> => {
    const [own] = replica.entries(stream, seq, 1)
    const [there] = await log.pull(stream, seq, 1)
    return own !== undefined && there !== undefined && isEntry(there) && isSameEntry(own.entry, there)
  }
  // Each entry is signed over all before it, so those before one that is the same are the same.
  let [from, to] = [0, Math.min(held, newest + 1)]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (await isSame(middle)) from = middle + 1
    else to = middle
  }
  if (from >= Math.min(held, newest + 1)) return null
  const before = findHead(replica, stream, from)
  const own = replica.entries(stream, from, held - from).map(({ entry }) => entry)
  const there: Entry[] = []
  while (from + there.length <= newest) {
    const more = await log.pull(stream, from + there.length, READ_TOGETHER)
    if (more.length === 0 || !more.every(isEntry)) break
    there.push(...more)
  }
  return { stream, seq: from, own: toBranch(replica, before, own), there: toBranch(replica, before, there) }
}

function toBranch({ crypto }: Replica, before: Uint8Array, entries: readonly Entry[]): Branch {
  let head = before
  const heads = entries.map((entry) => {
    head = crypto.computeHead(head, entry)
    return toHex(head)
  })
  return { device: entries[0]?.device ?? '', entries: entries.length, heads }
}

import type { Entry } from '../../shared/team/entry.ts'
import type { Membership } from '../../shared/team/membership.ts'
import { isEntry, isSameEntry } from './entry.ts'
import { toHex } from './hex.ts'
import type { TeamLog } from './log.ts'
import type { Replica } from './replica.ts'
import { NO_ROOT } from './stream.ts'

const READ_TOGETHER = 1000

/** The heads of a stream that is held, each before its position: from 0 to a position. */
function* computeHeads(replica: Replica, stream: string, to: number): Generator<Uint8Array> {
  const { crypto, team } = replica
  const start = crypto.startStream(team, NO_ROOT)
  const [first] = stream === team ? [] : replica.entries(team, 0, 1)
  let head = first === undefined ? start : crypto.startStream(stream, crypto.computeHead(start, first.entry))
  let next = 0
  yield head
  while (next < to) {
    const entries = replica.entries(stream, next, Math.min(READ_TOGETHER, to - next))
    if (entries.length === 0) return
    for (const { entry } of entries) {
      head = crypto.computeHead(head, entry)
      yield head
    }
    next += entries.length
  }
}

/** The head of a stream before a position that is held, or is the next one. */
export function findHead(replica: Replica, stream: string, next: number): Uint8Array {
  let found = new Uint8Array()
  for (const head of computeHeads(replica, stream, next)) found = new Uint8Array(head)
  return found
}

/** The positions of a stream that is held after which it has one of these heads, in hex. */
export function findPositions(
  replica: Replica,
  stream: string,
  heads: ReadonlySet<string>,
): readonly { readonly seq: number; readonly head: string }[] {
  return [...computeHeads(replica, stream, replica.stream(stream).place.next)].flatMap((bytes, at) => {
    const head = toHex(bytes)
    return heads.has(head) ? [{ seq: at - 1, head }] : []
  })
}

/**
 * The streams in which this device holds another history than the one that an owner chose, each with the position from which it differs.
 * Decisions come before readings.
 */
export function listOthers(replica: Replica, { chosen, clients }: Membership): readonly (readonly [string, number])[] {
  return [...chosen]
    .flatMap(([stream, list]) => {
      const other = list.find(({ seq, head }) => {
        if (replica.stream(stream).place.next <= seq) return false
        return toHex(findHead(replica, stream, seq + 1)) !== head
      })
      return other === undefined ? [] : [[stream, other.seq] as const]
    })
    .toSorted(([a], [b]) => Number(clients.has(b)) - Number(clients.has(a)))
}

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

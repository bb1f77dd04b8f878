import type { Membership } from '../../shared/team/membership.ts'
import type { HeldEntry, StreamPlace } from '../../shared/team/store.ts'
import type { TeamCrypto } from './crypto.ts'
import { toHex } from './hex.ts'
import { NO_ROOT } from './stream.ts'

/** The history of a team as a device holds it. */
interface Held {
  readonly crypto: TeamCrypto
  readonly team: string
  stream(stream: string): { readonly place: StreamPlace }
  entries(stream: string, from: number, most: number): readonly HeldEntry[]
}

const READ_TOGETHER = 1000

/** The heads of a stream that is held, each before its position: from 0 to a position. */
function* computeHeads(held: Held, stream: string, to: number): Generator<Uint8Array> {
  const { crypto, team } = held
  const start = crypto.startStream(team, NO_ROOT)
  const [first] = stream === team ? [] : held.entries(team, 0, 1)
  let head = first === undefined ? start : crypto.startStream(stream, crypto.computeHead(start, first.entry))
  let next = 0
  yield head
  while (next < to) {
    const entries = held.entries(stream, next, Math.min(READ_TOGETHER, to - next))
    if (entries.length === 0) return
    for (const { entry } of entries) {
      head = crypto.computeHead(head, entry)
      yield head
    }
    next += entries.length
  }
}

/** The head of a stream before a position that is held, or is the next one. */
export function findHead(held: Held, stream: string, next: number): Uint8Array {
  let found = new Uint8Array()
  for (const head of computeHeads(held, stream, next)) found = new Uint8Array(head)
  return found
}

/** The positions of a stream that is held after which it has one of these heads, in hex. */
export function findPositions(
  held: Held,
  stream: string,
  heads: ReadonlySet<string>,
): readonly { readonly seq: number; readonly head: string }[] {
  return [...computeHeads(held, stream, held.stream(stream).place.next)].flatMap((bytes, at) => {
    const head = toHex(bytes)
    return heads.has(head) ? [{ seq: at - 1, head }] : []
  })
}

/**
 * The streams in which this device holds another history than the one that an owner chose, each with the position from which it differs.
 * Decisions come before readings.
 */
export function listOthers(held: Held, { chosen, clients }: Membership): readonly (readonly [string, number])[] {
  return [...chosen]
    .flatMap(([stream, list]) => {
      const other = list.find(({ seq, head }) => {
        if (held.stream(stream).place.next <= seq) return false
        return toHex(findHead(held, stream, seq + 1)) !== head
      })
      return other === undefined ? [] : [[stream, other.seq] as const]
    })
    .toSorted(([a], [b]) => Number(clients.has(b)) - Number(clients.has(a)))
}

import type { Entry } from '../../shared/team/entry.ts'
import { findStream, type Membership, nameEntry } from '../../shared/team/membership.ts'
import type { Op } from '../../shared/team/op.ts'
import { findRests } from '../../shared/team/rests.ts'
import type { ReplicaStore } from '../../shared/team/store.ts'
import type { TeamCrypto } from './crypto.ts'
import { toHex } from './hex.ts'
import { stop } from './read-entry.ts'
import type { RestsCheck, StreamState } from './stream.ts'

/** The next entry of a stream, which rests on a position of the client's other stream that is not held. */
interface Waiting {
  readonly name: string
  readonly seq: number
  readonly position: number
}

interface Held {
  readonly crypto: TeamCrypto
  readonly store: Pick<ReplicaStore, 'floor'>
  /** How many entries of a stream are held. */
  readonly countHeld: (stream: string) => number
}

/**
 * Checks what entries rest on in the other stream of their client, so that no table depends on which of the two came first. An entry
 * whose position never comes has no effect by the entries alone:
 *
 * - An owner declared it void, and that position, where it comes, is after an entry which rests on the declaration: so a device
 *   that could carry it out had read the declaration.
 * - The next entries of both streams each rest on the other, or on one after it: neither author had read the other's. That of
 *   the decisions is void.
 *
 * Everything else about a position that is not held stops the stream.
 */
export function createRestsCheck({ crypto, store, countHeld }: Held): (known: Membership) => RestsCheck {
  const waiting = new Map<string, Waiting>()
  return (known) => (state: StreamState, entry: Entry, op: Op) => {
    const use = findStream(known, state.stream)
    const rests = use === null ? null : findRests(known, use, op)
    if (use === null || rests === null) return null
    const name = nameEntry({
      stream: state.stream,
      seq: state.next,
      head: toHex(crypto.computeHead(state.head, entry)),
    })
    const declared = known.voided.get(name)
    if (declared !== undefined && store.floor(rests.stream, rests.position) >= declared) return 'voided'
    const next = countHeld(rests.stream)
    if (rests.position < next) return null
    const other = waiting.get(rests.stream)
    const isOther = other !== undefined && other.seq === next && other.position >= state.next
    // It is read before this one then, and stops nothing.
    const isOtherVoid = isOther && state.floor >= (known.voided.get(other.name) ?? Number.POSITIVE_INFINITY)
    if (use.kind === 'decisions' && isOther && !isOtherVoid) return 'rests-on-each-other'
    waiting.set(state.stream, { name, seq: state.next, position: rests.position })
    throw stop('rests-missing', state)
  }
}

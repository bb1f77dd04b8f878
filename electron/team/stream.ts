import type { TeamCrypto } from './crypto.ts'
import { type Entry, HASH_BYTES } from './entry.ts'

/** Where a device is in a stream, and what the entries before have used up. */
export interface StreamState {
  readonly stream: string
  /** 32 bytes: of everything before `next`. */
  readonly head: Uint8Array
  readonly next: number
  /** The newest position of `team` that an entry rests on: a later entry rests on none before it. */
  readonly floor: number
  /** The highest count of each device. */
  readonly counts: ReadonlyMap<string, number>
  /** The operations that took effect, or could have. */
  readonly ops: ReadonlySet<string>
}

/** The root that `team` itself starts from. */
export const NO_ROOT = new Uint8Array(HASH_BYTES)

/** A stream before its first entry. `root`: the head of the first entry of `team`; `NO_ROOT` for `team`. */
export function startStream(crypto: TeamCrypto, stream: string, root: Uint8Array): StreamState {
  return { stream, head: crypto.startStream(stream, root), next: 0, floor: -1, counts: new Map(), ops: new Set() }
}

/** The stream after an entry that has no effect: it is a link nevertheless, by its bytes. */
export function passEntry(crypto: TeamCrypto, state: StreamState, entry: Entry): StreamState {
  return { ...state, head: crypto.computeHead(state.head, entry), next: state.next + 1 }
}

/**
 * The stream after an entry that its device signed for this place. What it used up counts from here on, whatever came of
 * it. `counts` and `ops` grow in place, since a stream has one reader, which keeps the newest state only: call it last.
 */
export function countEntry(crypto: TeamCrypto, state: StreamState, entry: Entry): StreamState {
  ;(state.counts as Map<string, number>).set(entry.device, entry.deviceSeq)
  ;(state.ops as Set<string>).add(entry.op)
  return { ...passEntry(crypto, state, entry), floor: Math.max(state.floor, entry.teamSeq) }
}

import type { Entry } from '../../shared/team/entry.ts'
import type { StreamPlace } from '../../shared/team/store.ts'
import type { Op } from '../../shared/team/op.ts'
import type { RestsVoid } from '../../shared/team/verdict.ts'
import { createWeights, type Weights } from '../../shared/team/weigh.ts'
import type { TeamCrypto } from './crypto.ts'
import { HASH_BYTES } from './entry.ts'

/** What the entries of a stream have used up. */
export interface Used {
  /** The highest count of a device; −1 when it has none. */
  lastCount(device: string): number
  /** Whether an entry took effect with the operation, or could have. */
  hasOp(op: string): boolean
}

/** The same, open for the entries that are read next. */
export interface OpenUsed extends Used {
  add(entry: Entry): void
}

/**
 * Why the next entry of a stream has no effect, by what its operation rests on in the client's other stream; null where all of it is held.
 * Throws `StreamStopped` where it is not.
 */
export type RestsCheck = (state: StreamState, entry: Entry, op: Op) => RestsVoid | null

/** Where a device is in a stream, and what the entries before have used up. */
export interface StreamState extends StreamPlace {
  readonly used: OpenUsed
  /** What the operations with weight came to. It grows as `used` does. */
  readonly weights: Weights
  readonly rests: RestsCheck
}

/** The root that `team` itself starts from. */
export const NO_ROOT = new Uint8Array(HASH_BYTES)

const NOTHING_USED: Used = { lastCount: () => -1, hasOp: () => false }

/** A stream before its first entry. `root`: the head of the first entry of `team`; `NO_ROOT` for `team`. */
export function startStream(crypto: TeamCrypto, stream: string, root: Uint8Array): StreamState {
  return {
    stream,
    head: crypto.startStream(stream, root),
    next: 0,
    floor: -1,
    used: openUsed(NOTHING_USED),
    weights: createWeights(stream),
    rests: () => null,
  }
}

/** Opens what was used up for the entries that are read next: `before` stays unchanged. */
export function openUsed(before: Used): OpenUsed {
  const counts = new Map<string, number>()
  const ops = new Set<string>()
  return {
    lastCount: (device) => counts.get(device) ?? before.lastCount(device),
    hasOp: (op) => ops.has(op) || before.hasOp(op),
    add: ({ device, deviceSeq, op }) => {
      counts.set(device, deviceSeq)
      ops.add(op)
    },
  }
}

/** The stream after an entry that has no effect: it is a link nevertheless, by its bytes. */
export function passEntry(crypto: TeamCrypto, state: StreamState, entry: Entry): StreamState {
  return { ...state, head: crypto.computeHead(state.head, entry), next: state.next + 1 }
}

/**
 * The stream after an entry that its device signed for this place. What it used up counts from here on, whether or not it
 * has an effect. `used` grows in place, since a stream has one reader, which keeps the newest state only: call it last.
 */
export function countEntry(crypto: TeamCrypto, state: StreamState, entry: Entry): StreamState {
  state.used.add(entry)
  return { ...passEntry(crypto, state, entry), floor: Math.max(state.floor, entry.teamSeq) }
}

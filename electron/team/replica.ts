import { findGeneration, type Membership, newest } from '../../shared/team/membership.ts'
import { type Author, composeEntry, type Pending } from './compose-entry.ts'
import type { TeamCrypto } from './crypto.ts'
import type { Entry } from './entry.ts'
import type { KeyRing } from './key-ring.ts'
import { readClientEntry, stop } from './read-entry.ts'
import { readFirstEntry, readTeamEntry } from './read-team.ts'
import { NO_ROOT, startStream, type StreamState } from './stream.ts'
import { StreamStopped, type Verdict } from './verdict.ts'

/** An entry that a device has read, with its verdict. */
export interface HeldEntry {
  readonly entry: Entry
  readonly verdict: Verdict
}

/** A stream as a device holds it. */
export interface HeldStream {
  readonly state: StreamState
  readonly entries: readonly HeldEntry[]
  /** What was decided here and is not placed yet. */
  readonly waiting: readonly Pending[]
  /** Why it is read no further; null while it is. */
  readonly stopped: StreamStopped | null
}

/** The history of a team as one device holds it, without a server. */
export interface Replica {
  readonly crypto: TeamCrypto
  readonly author: Author
  readonly keys: KeyRing
  /** The stream `team`. */
  readonly team: string
  /** Null before its first entry was read. */
  membership(): Membership | null
  stream(stream: string): HeldStream
  /** Reads the next entry of a stream. Throws `StreamStopped`, and the stream keeps the reason until one is read. */
  take(stream: string, entry: Entry): Verdict
  /** Notes why a stream is read no further, and that it is again. */
  halt(stopped: StreamStopped): void
  resume(stream: string): void
  wait(stream: string, pending: Pending): void
  /** The entries of the first operations that wait, at the next positions. At most one of `team`, which changes with each. */
  compose(stream: string, most: number): readonly Entry[]
  /** The streams with operations that wait; `team` first. */
  listWaiting(): readonly string[]
}

interface Joining {
  readonly crypto: TeamCrypto
  readonly author: Author
  readonly keys: KeyRing
  readonly team: string
  /** The head of the first entry of `team`, from the invite; null for the founder. */
  readonly root: Uint8Array | null
}

interface Mutable {
  state: StreamState
  readonly entries: HeldEntry[]
  waiting: readonly Pending[]
  stopped: StreamStopped | null
}

export function createReplica({ crypto, author, keys, team, root }: Joining): Replica {
  const streams = new Map<string, Mutable>()
  let membership: Membership | null = null

  /** The root of the other streams: known from the invite, and once the first entry of `team` was read. */
  const findRoot = (): Uint8Array => {
    const first = streams.get(team)?.entries[0]?.entry
    if (first !== undefined) return crypto.computeHead(crypto.startStream(team, NO_ROOT), first)
    if (root === null) throw stop('members-missing', startStream(crypto, team, NO_ROOT))
    return root
  }
  const hold = (stream: string): Mutable => {
    const held = streams.get(stream)
    if (held !== undefined) return held
    const made = {
      state: startStream(crypto, stream, stream === team ? NO_ROOT : findRoot()),
      entries: [],
      waiting: [],
      stopped: null,
    }
    streams.set(stream, made)
    return made
  }
  const read = (state: StreamState, entry: Entry): { readonly state: StreamState; readonly verdict: Verdict } => {
    if (state.stream !== team) {
      if (membership === null) throw stop('members-missing', state)
      return readClientEntry({ crypto, membership, keys }, state, entry)
    }
    const done =
      membership === null
        ? readFirstEntry(crypto, keys, state, entry, root)
        : readTeamEntry(crypto, keys, membership, state, entry)
    membership = done.membership
    return done
  }

  const halt = (stopped: StreamStopped): void => {
    hold(stopped.stream).stopped = stopped
  }

  return {
    crypto,
    author,
    keys,
    team,
    membership: () => membership,
    stream: hold,
    halt,
    resume: (stream) => {
      hold(stream).stopped = null
    },
    take: (stream, entry) => {
      const held = hold(stream)
      try {
        const { state, verdict } = read(held.state, entry)
        held.state = state
        held.entries.push({ entry, verdict })
        held.waiting = held.waiting.filter(({ uid }) => uid !== entry.op || entry.device !== author.device)
        held.stopped = null
        return verdict
      } catch (error) {
        if (error instanceof StreamStopped) halt(error)
        throw error
      }
    },
    wait: (stream, pending) => {
      const held = hold(stream)
      held.waiting = [...held.waiting, pending]
    },
    compose: (stream, most) => {
      const held = hold(stream)
      if (membership === null) throw stop('members-missing', held.state)
      const known = membership
      const scope = stream === team || known.clients.has(stream) ? stream : findClient(known, stream)
      const current = scope === null ? null : findGeneration(known, scope, newest(known))
      if (scope === null || current === null) throw stop('members-missing', held.state)
      const key = keys.find(crypto, { scope, generation: current.generation }, current.commitment)
      if (key === null) throw stop('key-missing', held.state)
      const sealing = { key, generation: current.generation, teamSeq: newest(known) }
      let { state } = held
      return held.waiting.slice(0, stream === team ? 1 : most).map((pending) => {
        const entry = composeEntry(crypto, author, state, sealing, pending)
        state = {
          ...state,
          head: crypto.computeHead(state.head, entry),
          next: state.next + 1,
          counts: new Map([[author.device, entry.deviceSeq]]),
        }
        return entry
      })
    },
    listWaiting: () =>
      [...streams]
        .filter(([, { waiting, stopped }]) => waiting.length > 0 && stopped === null)
        .map(([stream]) => stream)
        .toSorted((a, b) => Number(b === team) - Number(a === team)),
  }
}

function findClient({ clients }: Membership, facts: string): string | null {
  return clients.entries().find(([, client]) => client.facts === facts)?.[0] ?? null
}

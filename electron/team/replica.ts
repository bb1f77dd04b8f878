import type { Entry } from '../../shared/team/entry.ts'
import { listReadStreams, MOST_HELD_UNASKED } from '../../shared/team/holds.ts'
import { findGeneration, findOpset, findStream, isLost, type Membership, newest } from '../../shared/team/membership.ts'
import { toOpText } from '../../shared/team/op-text.ts'
import { VERSION, type Version } from '../../shared/team/operations.ts'
import type {
  HeldEntry,
  NamedBlobs,
  Pending,
  ReplicaStore,
  Stop,
  StreamPlace,
  TakenEntry,
} from '../../shared/team/store.ts'
import { StreamStopped, type Verdict } from '../../shared/team/verdict.ts'
import { createWeights, isWeighed, WEIGHED_KINDS, type Weights } from '../../shared/team/weigh.ts'
import type { BlobName } from '../../shared/decisions/kind.ts'
import { listBlobs, nameBlobs } from '../../shared/team/blobs.ts'
import { createRestsCheck } from './check-rests.ts'
import { type Author, composeEntry, type Sealing } from './compose-entry.ts'
import type { TeamCrypto } from './crypto.ts'
import { takeTogether } from './entry.ts'
import { toHex } from './hex.ts'
import { findHead, listOthers } from './held-heads.ts'
import type { KeyRing } from './key-ring.ts'
import { NO_BLOBS, type OpenedBlobs, toBlobKey } from './opened-blobs.ts'
import { openOwn } from './find-key.ts'
import { isSignedBy, type Read, readClientEntry, stop, toStop } from './read-entry.ts'
import { readFirstEntry, readTeamEntry } from './read-team.ts'
import { refoldTeam } from './refold-team.ts'
import { countEntry, NO_ROOT, openUsed, startStream, type StreamState } from './stream.ts'

/** A stream as a device holds it. */
export interface HeldStream {
  readonly place: StreamPlace
  /** Why it is read no further; null while it is. */
  readonly stopped: StreamStopped | null
}

/** What was taken of a stream. */
export interface Taken {
  /** Of the entries that were read, in their order. */
  readonly verdicts: readonly Verdict[]
  /** Why the one after them was not; null when all were, and where it names blobs that were not given. */
  readonly stopped: StreamStopped | null
  /** The blobs that the one after them names. */
  readonly names: readonly BlobName[]
}

/** The history of a team as one device holds it, without a server. What it holds is in a store, and not in memory. */
export interface Replica {
  readonly crypto: TeamCrypto
  readonly author: Author
  readonly keys: KeyRing
  /** The stream `team`. */
  readonly team: string
  /** Null before its first entry was read. */
  membership(): Membership | null
  stream(stream: string): HeldStream
  /** Entries that are held, from a position on; at most `most`. */
  entries(stream: string, from: number, most: number): readonly HeldEntry[]
  /** The first operations that were decided here and are not placed yet; at most `most`. */
  waiting(stream: string, most: number): readonly Pending[]
  /** The bytes of the blobs of an operation of this device, in their order; none where it has none, or no more. */
  blobs(op: string): readonly Uint8Array[]
  /** The entries of this device whose blobs are kept here after they were placed. */
  listKept(): readonly { readonly stream: string; readonly seq: number }[]
  /**
   * Reads the next entries of a stream, and stores those that it read in one transaction. One that stops the stream ends it,
   * and the stream keeps the reason until one is read. One of another device that names blobs is read only with all of them.
   */
  take(stream: string, entries: readonly Entry[], blobs?: OpenedBlobs): Taken
  /** The entries of a stream whose effect waits for blobs that this device has not fetched: they had none when they were read. */
  listDue(stream: string): readonly NamedBlobs[]
  /** Carries out such an entry. */
  enterDue(stream: string, due: NamedBlobs, blobs: OpenedBlobs): void
  /** Leaves the history of `team` from a position on, and what rests on it in other streams: the server's is read instead. */
  adopt(seq: number): void
  /** Notes why a stream is read no further, and that it is again. */
  halt(stopped: StreamStopped): void
  resume(stream: string): void
  /** Removes an operation that waits: it is never placed. */
  drop(stream: string, uid: string): void
  /** Throws `RangeError` for an operation that no entry can have. `blobs`: the bytes that it names once they are sealed. */
  wait(stream: string, pending: Pending, blobs?: readonly Uint8Array[]): void
  /** Adds operations before those that wait. */
  waitFirst(stream: string, pending: readonly Pending[]): void
  /** What seals the next entries of a stream. Throws `StreamStopped` where members or keys are missing here. */
  sealing(stream: string): Sealing
  /**
   * The entries of the first operations that wait, at the next positions, as many as go into one statement. At most one of
   * `team`, which changes with each. Throws `RangeError` where the first is one that no entry can have.
   */
  compose(stream: string, most: number): readonly Entry[]
  /** The streams with operations that wait and that are not stopped; `team` first. */
  listWaiting(): readonly string[]
  /** The streams that this device reads beside `team`, those of a client together; none once it does not belong to the team. */
  listRead(): readonly (readonly string[])[]
}

interface Joining {
  readonly crypto: TeamCrypto
  readonly author: Author
  readonly keys: KeyRing
  readonly team: string
  /** The head of the first entry of `team`, from the invite; null for the founder. */
  readonly root: Uint8Array | null
  /** What this device holds already is read from it, and the replica goes on from there. */
  readonly store: ReplicaStore
  readonly version?: Version
  /** How many clients an owner's or auditor's device reads without being asked. */
  readonly mostUnasked?: number
}

interface Mutable {
  place: StreamPlace
  stopped: StreamStopped | null
}

const toStopped = ({ reason, stream, seq }: Stop): StreamStopped => new StreamStopped(reason, stream, seq)

/** Opens what a store holds. Throws where its entries of `team` are not those that it concluded from. */
export function createReplica({
  crypto,
  author,
  keys,
  team,
  root,
  store,
  version = VERSION,
  mostUnasked = MOST_HELD_UNASKED,
}: Joining): Replica {
  const streams = new Map<string, Mutable>(
    store
      .streams()
      .map(({ stop: stopped, ...place }) => [
        place.stream,
        { place, stopped: stopped === null ? null : toStopped(stopped) },
      ]),
  )
  let membership = refoldTeam(crypto, store, team)

  const weighed = new Map<string, Weights>()
  /** A device that has a key which an owner declared lost gives no effect to what it sealed, as those without it. */
  const takeBack = (known: Membership): void => {
    for (const [scope, { lost }] of known.keys) {
      for (const stream of [scope, known.clients.get(scope)?.facts ?? scope]) {
        for (const generation of lost.keys()) store.takeBack(stream, generation, author.device, known)
      }
    }
    weighed.clear()
  }
  // A process may have ended after the declaration was read.
  if (membership !== null) takeBack(membership)

  /** The root of the other streams: known from the invite, and once the first entry of `team` was read. */
  const findRoot = (): Uint8Array => {
    const [first] = store.entries(team, 0, 1)
    if (first !== undefined) return crypto.computeHead(crypto.startStream(team, NO_ROOT), first.entry)
    if (root === null) throw stop('members-missing', startStream(crypto, team, NO_ROOT))
    return root
  }
  const hold = (stream: string): Mutable => {
    const held = streams.get(stream)
    if (held !== undefined) return held
    const {
      used: _,
      weights: __,
      rests: ___,
      ...place
    } = startStream(crypto, stream, stream === team ? NO_ROOT : findRoot())
    const made = { place, stopped: null }
    streams.set(stream, made)
    return made
  }
  /** Read from the store at the first operation with weight, and kept from then on. */
  const openWeights = (stream: string): Weights => {
    const held = weighed.get(stream)
    if (held !== undefined) return held
    const weights = createWeights(stream)
    for (const operation of store.effective(stream, WEIGHED_KINDS)) weights.weigh(operation)
    weighed.set(stream, weights)
    return weights
  }
  const checkRests = createRestsCheck({ crypto, store, countHeld: (stream) => hold(stream).place.next })
  const openState = (place: StreamPlace): StreamState => ({
    ...place,
    used: openUsed({
      lastCount: (device) => store.lastCount(place.stream, device),
      hasOp: (op) => store.hasOp(place.stream, op),
    }),
    weights: {
      weigh: (operation) => (isWeighed(operation.op.kind) ? openWeights(place.stream).weigh(operation) : null),
    },
    rests: membership === null ? () => null : checkRests(membership),
  })
  const read = (known: Membership | null, state: StreamState, entry: Entry): Read & { membership: Membership } => {
    if (state.stream === team) {
      return known === null
        ? readFirstEntry({ crypto, keys, version }, state, entry, root)
        : readTeamEntry({ crypto, keys, membership: known, version }, state, entry)
    }
    if (known === null) throw stop('members-missing', state)
    return { ...readClientEntry({ crypto, membership: known, keys, version }, state, entry), membership: known }
  }

  const isCurrentLost = (stream: string): boolean => {
    const scope = membership === null ? undefined : findStream(membership, stream)?.scope
    if (membership === null || scope === undefined) return false
    const current = findGeneration(membership, scope, newest(membership))
    return current !== null && isLost(membership, scope, current.generation)
  }
  const findSealing = (stream: string): Sealing => {
    const { place } = hold(stream)
    if (membership === null) throw stop('members-missing', place)
    const scope = stream === team ? team : findStream(membership, stream)?.scope
    const current = scope === undefined ? null : findGeneration(membership, scope, newest(membership))
    if (scope === undefined || current === null) throw stop('members-missing', place)
    const key = keys.find(crypto, { scope, generation: current.generation }, current.commitment)
    if (key === null) throw stop('key-missing', place)
    const opset = Math.min(version.opset, findOpset(membership, newest(membership)))
    return { key, generation: current.generation, opset, teamSeq: newest(membership) }
  }
  /** What an entry names, opened; its names where some of it was not given. An operation of this device needs none of it. */
  const findBlobs = (entry: Entry, verdict: Verdict, isOwn: boolean, opened: OpenedBlobs) => {
    const names = verdict.kind === 'effective' ? listBlobs(verdict.op) : []
    if (names.length === 0 || (isOwn && store.blobs(entry.op).length === names.length)) return { blobs: [], names: [] }
    const blobs = names.flatMap((name) => opened.get(toBlobKey(name)) ?? [])
    return { blobs, names: blobs.length === names.length ? [] : names }
  }
  /** A waiting operation with the names of its blobs, as they are under a key. */
  const nameWaiting = ({ uid, op }: Pending, { key, generation }: Sealing): Pending => {
    const texts = store.blobs(uid)
    if (texts.length === 0) return { uid, op }
    const names = texts.map((text) => ({ address: toHex(crypto.addressBlob(key, text)), generation }))
    return { uid, op: nameBlobs(op, names) }
  }

  /** What waits for a client that is not opened in the team yet goes on waiting. */
  const isKnown = (stream: string): boolean =>
    stream === team || (membership !== null && findStream(membership, stream) !== null)

  const leave = (stream: string, next: number): void => {
    const held = hold(stream)
    const known = membership
    if (known === null || held.place.next <= next) return
    const place = { stream, next, head: findHead(replica, stream, next), floor: store.floor(stream, next - 1) }
    store.leave(place, author.device, known)
    weighed.delete(stream)
    Object.assign(held, { place, stopped: null })
  }

  const halt = (stopped: StreamStopped): void => {
    const held = hold(stopped.stream)
    if (held.stopped?.reason === stopped.reason && held.stopped.seq === stopped.seq) return
    const { reason, stream, seq } = stopped
    store.halt(held.place, { reason, stream, seq })
    held.stopped = stopped
  }

  const replica: Replica = {
    crypto,
    author,
    keys,
    team,
    membership: () => membership,
    stream: hold,
    entries: (stream, from, most) => store.entries(stream, from, most),
    waiting: (stream, most) => store.waiting(stream, most),
    blobs: (op) => store.blobs(op),
    listKept: () => store.listKept(),
    sealing: findSealing,
    adopt: (seq) => {
      for (const { stream } of store.streams()) {
        const from = stream === team ? null : store.findResting(stream, seq)
        if (from !== null) leave(stream, from)
      }
      leave(team, seq)
      membership = refoldTeam(crypto, store, team)
      weighed.clear()
    },
    halt,
    resume: (stream) => {
      const held = hold(stream)
      if (held.stopped === null) return
      store.resume(stream)
      held.stopped = null
    },
    take: (stream, entries, given = NO_BLOBS) => {
      const held = hold(stream)
      const taken: TakenEntry[] = []
      let [known, state, stopped] = [membership, openState(held.place), null as StreamStopped | null]
      let lacking: readonly BlobName[] = []
      for (const entry of entries) {
        try {
          const done = read(known, state, entry)
          const { verdict, isCounted } = done
          const isOwn = entry.device === author.device && isSignedBy(verdict)
          const opened =
            done.opened ??
            (isOwn && verdict.kind === 'void' ? openOwn({ crypto, membership, keys, version }, entry) : undefined)
          const { blobs, names } = findBlobs(entry, verdict, isOwn, given)
          if (names.length > 0) {
            lacking = names
            // It was weighed, and is read again with its blobs.
            weighed.delete(stream)
            break
          }
          ;({ state, membership: known } = done)
          taken.push({ entry, verdict, isCounted, isOwn, blobs, ...(opened === undefined ? {} : { opened }) })
        } catch (error) {
          weighed.delete(stream)
          stopped = toStop(error, state)
          break
        }
      }
      if (taken.length > 0 && known !== null) {
        const { used: _, weights: __, rests: ___, ...place } = state
        // Before the choice is stored: a process that ends in between reads it again.
        if (known.chosen !== membership?.chosen) {
          for (const [stream, seq] of listOthers(replica, known)) leave(stream, seq)
        }
        // What is concluded from here on rests on what is stored.
        try {
          store.take(taken, place, known)
        } catch (error) {
          weighed.delete(stream)
          // What one entry makes this version fail at ends this stream, and no other.
          halt(toStop(error, held.place))
          return { verdicts: [], stopped: held.stopped, names: [] }
        }
        held.place = place
        held.stopped = null
        const hasLost = countLost(known) > countLost(membership)
        membership = known
        if (hasLost) takeBack(known)
      }
      // What it rests on may be read next.
      if (stopped !== null && stopped.reason !== 'rests-missing') halt(stopped)
      return { verdicts: taken.map(({ verdict }) => verdict), stopped, names: lacking }
    },
    listDue: (stream) => store.listDue(stream),
    enterDue: (stream, { seq, names }, given) => {
      const blobs = names.flatMap((name) => given.get(toBlobKey(name)) ?? [])
      if (membership !== null && blobs.length === names.length) store.enterDue(stream, seq, blobs, membership)
    },
    drop: (stream, uid) => store.drop(stream, uid),
    wait: (stream, pending, blobs = []) => {
      toOpText(pending.op)
      store.wait(stream, pending, blobs)
    },
    waitFirst: (stream, pending) => {
      for (const { op } of pending) toOpText(op)
      store.waitFirst(stream, pending)
    },
    compose: (stream, most) => {
      const { place } = hold(stream)
      // Until an owner's device replaced it.
      if (isCurrentLost(stream)) return []
      const sealing = findSealing(stream)
      let state = openState(place)
      // Kinds that are not agreed on wait, and in a client's stream what was decided after them: it may rest on them. In `team`
      // it goes on, since that is where they are agreed on.
      const listAgreed = (agreed: number): readonly Pending[] => {
        const isAgreed = ({ op }: Pending): boolean => version.findSet(op.kind) <= agreed
        const waiting = store.waiting(stream, most)
        if (stream === team) return waiting.filter(isAgreed).slice(0, 1)
        const later = waiting.findIndex((pending) => !isAgreed(pending))
        return later === -1 ? waiting : waiting.slice(0, later)
      }
      const compose = function* (): Generator<Entry> {
        for (const pending of listAgreed(sealing.opset)) {
          const entry = composeEntry(crypto, author, state, sealing, nameWaiting(pending, sealing))
          state = countEntry(crypto, state, entry)
          yield entry
        }
      }
      return takeTogether(compose())
    },
    listWaiting: () =>
      store
        .listWaiting()
        .filter((stream) => isKnown(stream) && hold(stream).stopped === null)
        .toSorted((a, b) => Number(b === team) - Number(a === team)),
    listRead: () => {
      const waiting = new Set(store.listWaiting())
      const hasBegun = (stream: string): boolean => (streams.get(stream)?.place.next ?? 0) > 0 || waiting.has(stream)
      return listReadStreams(membership, author.device, { asked: store.asked(), hasBegun, most: mostUnasked })
    },
  }
  return replica
}

/** How many generations of keys are declared lost; they only become more. */
function countLost(membership: Membership | null): number {
  return [...(membership?.keys.values() ?? [])].reduce((sum, { lost }) => sum + lost.size, 0)
}

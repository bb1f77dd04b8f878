import type { BlobName } from '../decisions/kind.ts'
import type { Entry, ReadEntry } from './entry.ts'
import type { Membership } from './membership.ts'
import type { Op } from './op.ts'
import type { StopReason, Verdict } from './verdict.ts'
import type { WeighedOp } from './weigh.ts'

/** An entry that a device has read, with its verdict. */
export interface HeldEntry {
  readonly entry: Entry
  readonly verdict: Verdict
  /** Of an entry without effect, what it would have decided, where that was read; it may be anything that its author could write. */
  readonly opened?: Op
}

/** An entry as it is read, before it is stored. */
export interface TakenEntry extends HeldEntry {
  readonly entry: ReadEntry
  /** Whether its device signed it for its place, so that its count and its operation are used up from here on. */
  readonly isCounted: boolean
  /** Whether this device is its author: its operation waits no more. */
  readonly isOwn: boolean
  /** What the blobs contain that its operation names, in their order; none for an operation that this device holds already. */
  readonly blobs: readonly Uint8Array[]
}

/** A job that one device does at a time, and the number of the turn in which it does so. */
export interface LeaseName {
  readonly job: string
  readonly token: number
}

/** An operation that waits to be placed. It is neither sealed nor signed before its position is known. */
export interface Pending {
  readonly op: Op
  /** Its name, a UUIDv7, under which it is placed once. */
  readonly uid: string
  /** The lease under which it is placed or not at all; left out for what needs none. */
  readonly lease?: LeaseName
}

/** An entry that names blobs. */
export interface NamedBlobs {
  readonly seq: number
  readonly names: readonly BlobName[]
}

/** Where a device is in a stream. */
export interface StreamPlace {
  readonly stream: string
  /** 32 bytes: of everything before `next`. */
  readonly head: Uint8Array
  readonly next: number
  /** The newest position of `team` that an entry rests on: a later entry rests on none before it. */
  readonly floor: number
}

/** Why a stream is read no further, and the position of the entry that stopped it. */
export interface Stop {
  readonly stream: string
  readonly reason: StopReason
  readonly seq: number
}

export interface StoredStream extends StreamPlace {
  /** Null while it is read. */
  readonly stop: Stop | null
}

/**
 * Keeps what a device holds of a team's streams. Each call that writes is one transaction, durable when it returns, and
 * changes nothing when it throws. Its size is on the disk: no call reads more than it returns.
 */
export interface ReplicaStore {
  /** The streams from which an entry was taken, or which stopped. */
  streams(): readonly StoredStream[]
  /** Entries from a position on, in order; at most `most`. */
  entries(stream: string, from: number, most: number): readonly HeldEntry[]
  /** The operations of some kinds that have an effect, in order, as they are asked for. */
  effective(stream: string, kinds: readonly string[]): Iterable<WeighedOp>
  /** Whether an entry that counts has the operation. */
  hasOp(stream: string, op: string): boolean
  /** The highest count of a device in a stream; −1 when it has none. */
  lastCount(stream: string, device: string): number
  /** The newest position of `team` that an entry rests on which counts, up to a position of its stream; −1 where none does. */
  floor(stream: string, seq: number): number
  /** The first entry of a stream that rests on a position of `team` or a later one; null where none does. */
  findResting(stream: string, teamSeq: number): number | null
  /** The first operations that wait, in the order in which they were decided; at most `most`. */
  waiting(stream: string, most: number): readonly Pending[]
  /** The streams with operations that wait. */
  listWaiting(): readonly string[]
  /** The clients that the person at this device asked it to hold. */
  asked(): ReadonlySet<string>
  /** The bytes of the blobs of an operation of this device, in their order; none where it has none, or no more. */
  blobs(op: string): readonly Uint8Array[]
  /** The entries of this device whose blobs are kept here after they were placed. */
  listKept(): readonly { readonly stream: string; readonly seq: number }[]
  /** The entries whose effect waits for blobs, since they had none when they were read. */
  listDue(stream: string): readonly NamedBlobs[]
  /** Takes the effect of such an entry into the register. `blobs`: what it names, in its order. */
  enterDue(stream: string, seq: number, blobs: readonly Uint8Array[], membership: Membership): void
  /**
   * Stores entries, which follow each other, with the place after them, and takes their effects into the register. The stream is no longer
   * stopped. `membership`: after the entries, where they are of `team`; otherwise the newest that is known.
   */
  take(taken: readonly TakenEntry[], place: StreamPlace, membership: Membership): void
  /**
   * Takes back the effect of the entries that were sealed with a generation of the stream's key: each that counts is void, `key-lost`,
   * from here on. What `device` placed among them with an effect waits again, under a new name, before all that was decided later. What was
   * placed after them is weighed again. Again it changes nothing.
   */
  takeBack(stream: string, generation: number, device: string, membership: Membership): void
  /**
   * Leaves the history of a stream from `place.next` on, since another one counts from there: its entries are kept aside, without an effect.
   * What `device` placed among them with an effect waits again under its name, before all that waits, and rests on no position that
   * is left. The stream is no longer stopped. `membership`: before the history was chosen.
   */
  leave(place: StreamPlace, device: string, membership: Membership): void
  /** Notes why a stream is read no further. `place`: where it is, since it may have no entry yet. */
  halt(place: StreamPlace, stop: Stop): void
  /** A stream that was stopped is read again. */
  resume(stream: string): void
  /** Removes an operation that waits: it is never placed. */
  drop(stream: string, uid: string): void
  /** Adds an operation after those that wait. `blobs`: the bytes that it names once they are sealed. */
  wait(stream: string, pending: Pending, blobs?: readonly Uint8Array[]): void
  /** Adds operations, in their order, before those that wait: these may rest on them. */
  waitFirst(stream: string, pending: readonly Pending[]): void
}

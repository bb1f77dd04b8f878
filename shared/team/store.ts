import type { PlacedBatch, StoredBlob } from './batch.ts'
import type { LogKind } from '../domain/team-roles.ts'
import type { Card } from './card.ts'
import type { Op } from './op.ts'
import type { NoEffectReason, StopReason } from './outcome.ts'

/** The newest card of a log, by the head of its batch. */
export interface HeldCard {
  readonly head: Uint8Array
  readonly at: number
  readonly card: Card
}

/** A log as this device holds it. */
export interface HeldLog {
  readonly log: string
  readonly kind: LogKind
  readonly next: number
  readonly head: Uint8Array
  readonly card: HeldCard | null
  /** The keys by generation, the first first; they are in the encrypted register too. */
  readonly keys: readonly Uint8Array[]
  /** False where only its cards are followed. */
  readonly isHeld: boolean
  readonly stop: { readonly reason: StopReason; readonly at: number; readonly placedBy: string | null } | null
}

/** An operation of a batch as it was read: authentic, opened, canonical, within the budgets, with a body of its kind. */
export interface ReadOperation {
  readonly op: Op
  /** SHA-256 of its canonical JSON, 32 bytes. */
  readonly hash: Uint8Array
  /** Why it has no effect as far as the batch and its card show it: class, right, counted before; null: the register's folds decide. */
  readonly noEffect: NoEffectReason | null
  /** What the blobs contain that it names, in their order; empty for an operation that was decided here. */
  readonly blobs: readonly Uint8Array[]
}

/** A batch as it was read, before it is stored. */
export interface ReadBatch {
  readonly batch: PlacedBatch
  readonly member: string
  readonly isOwn: boolean
  /** Why the whole batch has no effect; its operations are empty then. */
  readonly noEffect: NoEffectReason | null
  readonly operations: readonly ReadOperation[]
  /** The state hash that its author had before it; null where it has none or was not opened. */
  readonly state: { readonly fold: number; readonly hash: string } | null
  /** The card after it. */
  readonly card: HeldCard
}

/** An operation that waits to be placed. */
export interface WaitingOperation {
  readonly op: Op
  /** The bytes of the blobs that it names, in their order. */
  readonly blobs: readonly Uint8Array[]
  /** The turn under which a reading is placed or not at all; null for what needs none. */
  readonly turn: { readonly job: string } | null
  readonly class: 'ordinary' | 'added' | 'approved' | 'sending'
  readonly change: string | null
}

/** Keeps what a device holds of a team's logs. Each call that writes is one durable transaction that changes nothing when it throws. */
export interface TeamStore {
  logs(): readonly HeldLog[]
  log(log: string): HeldLog | null
  /** All cards of a log that was read, in order. */
  cards(log: string): readonly HeldCard[]
  /** Batches from a position on, as they were placed; at most `most`. */
  batches(log: string, from: number, most: number): readonly PlacedBatch[]
  /** The first positions of `from` to `to` that this device holds with these heads; for refill, forks and the witness. */
  heads(log: string, from: number, to: number): readonly { readonly at: number; readonly head: Uint8Array }[]
  /** True if an operation with this uid counts in the log, or was refused there. */
  hasOperation(log: string, uid: string): boolean
  /** Takes batches of one log, which follow each other. Ends a stop. */
  take(log: string, read: readonly ReadBatch[]): void
  /** Follows a card of a log that this device does not hold. */
  takeCard(log: string, card: HeldCard, batch: PlacedBatch): void
  /** Starts to hold a log: from here on it is read from its start. */
  hold(log: string): void
  stop(log: string, stop: NonNullable<HeldLog['stop']>): void
  keepKeys(log: string, keys: readonly Uint8Array[]): void
  /**
   * What waits for a log, in order, at most `most`, that may go out now: not what is asked back (`decided-meanwhile`, older than 14 days, decided
   * under another role), nor what rests on it.
   */
  waiting(log: string, most: number): readonly WaitingOperation[]
  listWaiting(): readonly string[]
  /** The state hash of this device at the log's head, to be sealed with a batch; null while it is not computed. */
  state(log: string): { readonly fold: number; readonly hash: string } | null
  /** Notes durably what is about to be sent, so that a batch of this device that was not noted is another copy of it. */
  noteSending(log: string, at: number, hash: Uint8Array): void
  wasSent(log: string, at: number, hash: Uint8Array): boolean
  /**
   * Places own waiting operations of a batch without reading them back: with nothing of others between, no fold is needed. `ops`: as they were
   * sealed, with the names of their blobs.
   */
  placeOwn(batch: PlacedBatch, ops: readonly Op[], hashes: readonly Uint8Array[]): void
  /** Gives an operation that the server and this device's own card refuse back to its author: it waits no more and leaves the tables. */
  refuse(log: string, uid: string, reason: NoEffectReason): void
  /** Leaves the batches of a log from a position on, since another history counts; own operations of it wait again. */
  leave(log: string, from: number): void
  /** Keeps the server's side of two histories until an owner chooses. */
  noteFork(
    log: string,
    fork: { readonly at: number; readonly own: PlacedBatch; readonly server: PlacedBatch } | null,
  ): void
  /** The two histories of a log that stopped, from the position at which they part. */
  forks(): readonly {
    readonly log: string
    readonly at: number
    readonly own: PlacedBatch
    readonly server: PlacedBatch
  }[]
  /** Keeps sealed blobs of a log, so that the server can get them again. */
  keepBlobs(log: string, blobs: readonly StoredBlob[]): void
  findBlobs(log: string, addresses: readonly Uint8Array[]): readonly StoredBlob[]
  /** The addresses of the blobs that are kept, in their order after one; at most `most`. */
  blobAddresses(log: string, after: Uint8Array | null, most: number): readonly Uint8Array[]
  cursor(): string | null
  keepCursor(cursor: string | null): void
}

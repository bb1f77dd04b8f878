/** The classes of a batch. An operation of another class than `ordinary` is alone in its batch. They are in the clear, and the sealed operation has to agree. */
export const BATCH_CLASSES = ['card', 'ordinary', 'added', 'approved', 'sending'] as const
export type BatchClass = (typeof BATCH_CLASSES)[number]

/** At most so many operations are in one batch. */
export const MOST_OPERATIONS = 500

/**
 * What a device appends to a log in one call: the row, the position and the box. Names are UUIDs in lower case, hashes 32 bytes. The
 * signature covers every field, the team's root and the SHA-256 of `box`.
 */
export interface Batch {
  readonly log: string
  /** Position in the log, from 0, without gaps. */
  readonly at: number
  /** The head of the log before it. */
  readonly before: Uint8Array
  /** The head of the newest card of the log before it; null for the first card. */
  readonly card: Uint8Array | null
  readonly device: string
  readonly class: BatchClass
  /** The change at a provider that it is about, by its uid; null for the classes `card` and `ordinary`. */
  readonly change: string | null
  /** u32 generation ‖ u32 count ‖ SHA-256 of the operations' hashes ‖ nonce ‖ sealed text. At most 1 MiB. */
  readonly box: Uint8Array
  /** Ed25519 by the device, 64 bytes. */
  readonly signature: Uint8Array
}

/** A batch as the server has it. Only the head follows from the batch itself; the rest is the server's word, which proves nothing. */
export interface PlacedBatch extends Batch {
  /** SHA-256(before ‖ SHA-256(box) ‖ signature). */
  readonly head: Uint8Array
  /** The login that appended it. */
  readonly placedBy: string
  /** Milliseconds, by the server's clock. */
  readonly placedAt: number
}

/** Bytes beside a log that an operation names by their address, such as a list that a provider reported. */
export interface StoredBlob {
  /** 32 bytes. */
  readonly address: Uint8Array
  readonly sealed: Uint8Array
}

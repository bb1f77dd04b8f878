/**
 * An operation in its place in a stream, as the server stores it. All but `sealed` is readable for the server. Names are
 * UUIDs in lower case.
 */
export interface Entry {
  readonly stream: string
  /** Position in the stream, from 0, without gaps. */
  readonly seq: number
  /** The name of the operation: the same entry is never placed twice. */
  readonly op: string
  readonly device: string
  /** Counts the entries of this device in this stream, upwards, gaps allowed. */
  readonly deviceSeq: number
  /** Of the key that sealed it. */
  readonly generation: number
  /** The set of kinds of operations that its author used. */
  readonly opset: number
  /** The position of the stream `team` that its author had read to; in `team` itself, the position before. */
  readonly teamSeq: number
  /** SHA-256 of the operation's canonical JSON. */
  readonly opHash: Uint8Array
  /** Ed25519 by the device. */
  readonly signature: Uint8Array
  readonly sealed: Uint8Array
}

/** An entry with what the server adds. Neither part decides anything, since the server's owner could change it. */
export interface StoredEntry extends Entry {
  /** The login that pushed it. */
  readonly pushedBy: string
  /** Milliseconds, by the server's clock. */
  readonly placedAt: number
}

/** The signed part of an entry before it is signed. */
export type Unsigned = Omit<Entry, 'signature'>

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

/** What the server adds to an entry. Neither part is signed or decides anything, since the server's owner could change it. */
interface ServerWord {
  /** The login that pushed it. */
  readonly pushedBy: string
  /** Milliseconds, by the server's clock. */
  readonly placedAt: number
}

export interface StoredEntry extends Entry, ServerWord {}

/** An entry as a device reads it: from the server, or from another store, which does not have the server's word. */
export interface ReadEntry extends Entry, Partial<ServerWord> {}

/** The signed part of an entry before it is signed. */
export type Unsigned = Omit<Entry, 'signature'>

/** The bytes that the formats of a team have, and how long they may be. docs/team-protocol.md describes each. */
export const HASH_BYTES = 32
export const SIGNATURE_BYTES = 64
export const KEY_BYTES = 32
/** One entry is at most this long when sealed; the server refuses longer ones. */
export const MOST_SEALED_BYTES = 1_048_576

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

/** The fields that are bytes. */
export const BYTE_FIELDS = ['opHash', 'signature', 'sealed'] as const

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u
const COUNTS_32 = ['generation', 'opset'] as const
const COUNTS_53 = ['seq', 'deviceSeq', 'teamSeq'] as const

/** Whether every field has the type and size of an entry, which a hostile server does not guarantee. */
export function isEntry(value: Entry): boolean {
  return (
    [value.stream, value.op, value.device].every(isUuid) &&
    COUNTS_53.every((name) => isCount(value[name], Number.MAX_SAFE_INTEGER)) &&
    COUNTS_32.every((name) => isCount(value[name], 0xffff_ffff)) &&
    hasBytes(value.opHash, HASH_BYTES, HASH_BYTES) &&
    hasBytes(value.signature, SIGNATURE_BYTES, SIGNATURE_BYTES) &&
    hasBytes(value.sealed, 0, MOST_SEALED_BYTES)
  )
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

function isCount(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
}

function hasBytes(value: unknown, least: number, most: number): boolean {
  return value instanceof Uint8Array && value.length >= least && value.length <= most
}

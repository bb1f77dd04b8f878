import { BATCH_CLASSES, type Batch } from '../../shared/team/batch.ts'

const encoder = new TextEncoder()

/** What a hash, a signature or a seal begins with, so that bytes made for one purpose never pass for another: the product, words and a zero byte. */
export function toContext(words: string): Uint8Array {
  return encoder.encode(`castellan ${words}\0`)
}

export function toText(text: string): Uint8Array {
  return encoder.encode(text)
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The 16 bytes of a UUID in lower case. */
export function uuidBytes(uuid: string): Uint8Array {
  return Uint8Array.from(Buffer.from(uuid.replaceAll('-', ''), 'hex'))
}

/** An unsigned integer of 4 bytes, the highest first. */
export function fourBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, count)
  return bytes
}

/** An unsigned integer of 8 bytes, the highest first. */
export function eightBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(count))
  return bytes
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

export function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

export const HASH_BYTES = 32
export const SIGNATURE_BYTES = 64
export const KEY_BYTES = 32
const NONE_32 = new Uint8Array(HASH_BYTES)
const NONE_16 = new Uint8Array(16)

/** The bytes of a box before its nonce: generation, count, and the SHA-256 of the operations' hashes. */
export const BOX_HEAD_BYTES = 40
export const NONCE_BYTES = 24
const TAG_BYTES = 16
const LEAST_BOX_BYTES = BOX_HEAD_BYTES + NONCE_BYTES + TAG_BYTES
export const MOST_BOX_BYTES = 1_048_576

/**
 * What the signature of a batch covers. All fields have a fixed length, so two batches never give the same bytes. `root`: the head of the
 * team's first batch; 32 zero bytes in that batch itself.
 */
export function batchBytes(root: Uint8Array, batch: Omit<Batch, 'signature'>, boxHash: Uint8Array): Uint8Array {
  return concat(
    root,
    uuidBytes(batch.log),
    eightBytes(batch.at),
    batch.before,
    batch.card ?? NONE_32,
    uuidBytes(batch.device),
    Uint8Array.of(BATCH_CLASSES.indexOf(batch.class)),
    batch.change === null ? NONE_16 : uuidBytes(batch.change),
    // By itself too, so that a pack shows an operation without the box.
    batch.box.subarray(0, BOX_HEAD_BYTES),
    boxHash,
  )
}

/** The generation and the count in the clear head of a box. */
export function readBoxHead(box: Uint8Array): {
  readonly generation: number
  readonly count: number
  readonly operations: Uint8Array
} {
  const view = new DataView(box.buffer, box.byteOffset)
  return { generation: view.getUint32(0), count: view.getUint32(4), operations: box.subarray(8, BOX_HEAD_BYTES) }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u

/** True if every field has the type and size of a batch, which a hostile server does not guarantee. */
export function isBatch(value: Batch): boolean {
  const hasClass = BATCH_CLASSES.includes(value.class)
  const isBound = value.class !== 'card' && value.class !== 'ordinary'
  return (
    isUuid(value.log) &&
    isUuid(value.device) &&
    Number.isSafeInteger(value.at) &&
    value.at >= 0 &&
    hasBytes(value.before, HASH_BYTES, HASH_BYTES) &&
    (value.card === null || hasBytes(value.card, HASH_BYTES, HASH_BYTES)) &&
    hasClass &&
    (isBound ? isUuid(value.change) : value.change === null) &&
    hasBytes(value.box, LEAST_BOX_BYTES, MOST_BOX_BYTES) &&
    hasBytes(value.signature, SIGNATURE_BYTES, SIGNATURE_BYTES)
  )
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

function hasBytes(value: unknown, least: number, most: number): boolean {
  return value instanceof Uint8Array && value.length >= least && value.length <= most
}

import { createHash, randomBytes } from 'node:crypto'

/**
 * A new UUIDv7 (RFC 9562, section 5.7): what an operation calls a row in every register, while its number is only known
 * in one. `at` is in milliseconds; the other 74 bits are random.
 */
export function createUid(at: number): string {
  return toUid(at, randomBytes(16))
}

/** The same in every register for what follows from one operation there: the other bits are a hash of the names. */
export function deriveUid(at: number, ...names: readonly string[]): string {
  return toUid(at, createHash('sha256').update(JSON.stringify(names)).digest().subarray(0, 16))
}

function toUid(at: number, bytes: Buffer): string {
  bytes.writeUIntBE(at, 0, 6)
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

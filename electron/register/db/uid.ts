import { createHash, randomBytes } from 'node:crypto'

/**
 * A new UUIDv7 (RFC 9562, section 5.7): what an operation calls a row in every register, while its number is only known
 * in one. `at` is in milliseconds; the other 74 bits are random.
 */
export function createUid(at: number): string {
  return toUid(at, randomBytes(16))
}

/** A new UUIDv7 whose last 32 bits follow from its owner, a client, so that two clients make no uid of each other. */
export function createUidOf(owner: string, at: number): string {
  return bindUid(createUid(at), owner)
}

function bindUid(uid: string, owner: string): string {
  const rest = uid.slice(0, -8)
  return rest + Buffer.from(sha256(`castellan uid 1 ${owner} ${rest}`).subarray(0, 4)).toString('hex')
}

/** Derives one uid in every register by an operation there: the other bits hash the names, bound to the owner. */
export function deriveUid(owner: string, at: number, ...names: readonly string[]): string {
  return bindUid(toUid(at, Buffer.from(sha256(JSON.stringify(names)).subarray(0, 16))), owner)
}

function toUid(at: number, bytes: Buffer): string {
  bytes.writeUIntBE(at, 0, 6)
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

import type { Unsigned } from '../../shared/team/entry.ts'

const encoder = new TextEncoder()

/**
 * What a hash, a signature or a seal begins with, so that bytes made for one purpose never pass for another: ASCII words
 * and a zero byte.
 */
export function toContext(words: string): Uint8Array {
  return encoder.encode(`${words}\0`)
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

const HYPHEN = 45
const AFTER_NINE = 58

/** The 16 bytes of a UUID in lower case. Each entry has three, so its characters are read without a copy. */
export function uuidBytes(uuid: string): Uint8Array {
  const bytes = new Uint8Array(16)
  let digits = 0
  for (let at = 0; at < uuid.length; at += 1) {
    const code = uuid.charCodeAt(at)
    if (code === HYPHEN) continue
    // 0 is character 48, and a, which is 10, character 97.
    const digit = code < AFTER_NINE ? code - 48 : code - 87
    bytes[digits >> 1] = ((bytes[digits >> 1] ?? 0) << 4) | digit
    digits += 1
  }
  return bytes
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

/**
 * What the digest of an entry covers after its context and the previous head: every field but the signature, and of the
 * sealed bytes their SHA-256. All have a fixed length, so two entries never give the same bytes.
 */
export function entryBytes(entry: Omit<Unsigned, 'sealed'>, sealedHash: Uint8Array): Uint8Array {
  return concat(
    uuidBytes(entry.stream),
    eightBytes(entry.seq),
    uuidBytes(entry.op),
    uuidBytes(entry.device),
    eightBytes(entry.deviceSeq),
    fourBytes(entry.generation),
    fourBytes(entry.opset),
    eightBytes(entry.teamSeq),
    entry.opHash,
    sealedHash,
  )
}

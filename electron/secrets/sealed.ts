import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** A text that is kept in memory while the key that opens it is not. */
export interface SealedText {
  readonly nonce: Uint8Array
  readonly text: Uint8Array
  readonly tag: Uint8Array
}

const CIPHER = 'aes-256-gcm'

/** Encrypts a text under a key derived from this one, which is 32 bytes: AES-256-GCM with HKDF-SHA-256 (RFC 5869). */
export function seal(key: Uint8Array, text: string): SealedText {
  const nonce = randomBytes(12)
  const cipher = createCipheriv(CIPHER, derivedKey(key), nonce)
  return { nonce, text: Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]), tag: cipher.getAuthTag() }
}

/** The text; null when the key is another one. */
export function unseal(key: Uint8Array, sealed: SealedText): string | null {
  const decipher = createDecipheriv(CIPHER, derivedKey(key), sealed.nonce)
  decipher.setAuthTag(sealed.tag)
  try {
    return Buffer.concat([decipher.update(sealed.text), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

function derivedKey(key: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), 'castellan secrets while locked', 32))
}

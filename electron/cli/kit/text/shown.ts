import { isAscii } from 'node:buffer'

import { withoutSecrets } from '../../../../shared/domain/secrets/cut-secrets.ts'
import { looksSecret } from '../../../../shared/domain/secrets/find-secrets.ts'
import { plainJson, plainText } from '../../../../shared/domain/text/visible-text.ts'

const ORDINARY = /^[\x20-\x7e]*$/u

/**
 * Text of a provider or a person as a terminal may show it, on one line: line breaks and tabs as their pictures, other
 * control characters likewise (so no escape sequence acts), bidi marks and zero-width characters as `<U+202E>`.
 */
export function shown(text: string): string {
  if (ORDINARY.test(text) && !looksSecret(text)) return text
  return plainText(text).replaceAll('\t', '␉').replaceAll('\n', '␊').replaceAll('\r', '␍')
}

/** `plainJson` of JSON in UTF-8; bytes with nothing to escape or to cut are returned unchanged. */
export function shownJsonBytes(json: Uint8Array): Uint8Array {
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8')
  const own = mayHide(json) ? plainJson(text) : withoutSecrets(text)
  return own === text ? json : Buffer.from(own)
}

/** Lead bytes of the characters that `plainJson` escapes; the most common ones only with a possible second byte. */
function mayHide(bytes: Uint8Array): boolean {
  if (isAscii(bytes)) return bytes.includes(0x7f)
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x7f) continue
    const next = bytes[at + 1] ?? 0
    if (byte === 0x7f || (byte === 0xc2 && (next < 0xa0 || next === 0xad))) return true
    if (byte === 0xe2 ? mayBePunctuation(next, bytes[at + 2] ?? 0) : SECONDS.get(byte)?.includes(next)) return true
  }
  return false
}

/**
 * Second bytes by first byte, of U+034F, U+061C, U+115F to U+180F, U+3164, U+FE00 and above, and beyond the basic
 * plane.
 */
const SECONDS: ReadonlyMap<number, readonly number[]> = new Map([
  [0xcd, [0x8f]],
  [0xd8, [0x9c]],
  [0xe1, [0x85, 0x9e, 0xa0]],
  [0xe3, [0x85]],
  [0xef, [0xb8, 0xbb, 0xbe, 0xbf]],
  [0xf0, [0x9b, 0x9d]],
  [0xf3, [0xa0]],
])

/** U+200B to U+200F, U+2028 to U+202E and U+2060 to U+206F; not the dashes, quotation marks and the ellipsis between them. */
function mayBePunctuation(second: number, third: number): boolean {
  if (second === 0x81) return third >= 0xa0 && third <= 0xaf
  return second === 0x80 && ((third >= 0x8b && third <= 0x8f) || (third >= 0xa8 && third <= 0xae))
}

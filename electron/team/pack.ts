import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

import { concat, fourBytes } from './form.ts'

/** What one box or blob contains, before it is packed. A longer length that one declares is refused unread. */
export const MOST_TEXT_BYTES = 16_777_216
/** Shorter ones look alike to the server. */
const LEAST_PACKED_BYTES = 256
/** Two lengths of 4 bytes. */
const LENGTHS = 8
/** A decoder needs no larger window than the longest text has. */
const WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 24 } }

/** The compressed bytes (zstd, RFC 8878) between their two lengths and zeros. */
export function pack(text: Uint8Array): Uint8Array {
  const frame = zstdCompressSync(text)
  const length = padLength(LENGTHS + frame.length)
  return concat(fourBytes(text.length), fourBytes(frame.length), frame, new Uint8Array(length - LENGTHS - frame.length))
}

/**
 * The bytes, or why they are not used. Members of a log share its key, so one of them may have made a frame that would be endless when it is
 * unpacked.
 */
export function unpack(packed: Uint8Array): Uint8Array | 'too-long' | 'not-packed' {
  if (packed.length < LENGTHS) return 'not-packed'
  const view = new DataView(packed.buffer, packed.byteOffset)
  const [length, frame] = [view.getUint32(0), view.getUint32(4)]
  if (length > MOST_TEXT_BYTES) return 'too-long'
  if (frame > packed.length - LENGTHS) return 'not-packed'
  try {
    const bytes = packed.subarray(LENGTHS, LENGTHS + frame)
    const text = zstdDecompressSync(bytes, { ...WINDOW, maxOutputLength: Math.max(length, 1) })
    return text.length === length ? new Uint8Array(text.buffer, text.byteOffset, text.length) : 'not-packed'
  } catch {
    // The bytes are not a frame, or give more than they declare.
    return 'not-packed'
  }
}

/**
 * The padded length (Padmé, Nikitin et al., PETS 2019): below its highest bit, as many bits are kept as its exponent has, so there are few
 * lengths, at a cost of 12 % at most.
 */
export function padLength(length: number): number {
  const least = Math.max(length, LEAST_PACKED_BYTES)
  const exponent = Math.floor(Math.log2(least))
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1)
  return Math.ceil(least / step) * step
}

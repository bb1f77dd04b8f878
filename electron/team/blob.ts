import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

import { counted } from '../../shared/domain/counted.ts'
import type { BlobPlace, TeamCrypto } from './crypto.ts'
import { concat, fourBytes } from './entry-form.ts'

/** Bytes beside a stream that an operation names by their address, such as a list that a provider reported. */
export interface StoredBlob {
  /** 32 bytes. */
  readonly address: Uint8Array
  readonly sealed: Uint8Array
}

/** One blob is at most this long when sealed; the server refuses longer ones. */
const MOST_SEALED_BYTES = 1_048_576
/** What one blob contains, before it is packed. A longer length that a blob declares is refused unread. */
export const MOST_TEXT_BYTES = 16_777_216
/** What one statement stores or reads of blobs. */
export const MOST_BLOB_BYTES = 8_388_608
/** Shorter ones look alike to the server. */
const LEAST_PACKED_BYTES = 256
/** Two lengths of 4 bytes. */
const LENGTHS = 8
/** A decoder needs no larger window than the longest text has. */
const WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 24 } }

/** Why a blob is not used. */
export type BlobProblem = 'unreadable' | 'too-long' | 'not-packed' | 'other-address'

/** The blob of some bytes, under the key of the stream's client. Throws `RangeError` for more than one blob may contain. */
export function createBlob(crypto: TeamCrypto, key: Uint8Array, stream: string, text: Uint8Array): StoredBlob {
  if (text.length > MOST_TEXT_BYTES) throw toRangeError(text.length, MOST_TEXT_BYTES)
  const address = crypto.addressBlob(key, text)
  const sealed = crypto.sealBlob(key, { stream, address }, pack(text))
  if (sealed.length > MOST_SEALED_BYTES) throw toRangeError(sealed.length, MOST_SEALED_BYTES)
  return { address, sealed }
}

/**
 * The bytes of a blob, or why it is not used. Members of a client share its key, so one of them may have made a blob that
 * would be endless when it is unpacked, or that contains other bytes than its address names.
 */
export function openBlob(
  crypto: TeamCrypto,
  key: Uint8Array,
  place: BlobPlace,
  sealed: Uint8Array,
): Uint8Array | BlobProblem {
  const packed = crypto.openBlob(key, place, sealed)
  if (packed === null) return 'unreadable'
  const text = unpack(packed)
  if (typeof text === 'string') return text
  return crypto.isSame(crypto.addressBlob(key, text), place.address) ? text : 'other-address'
}

/** The compressed bytes (zstd, RFC 8878) between their two lengths and zeros. */
function pack(text: Uint8Array): Uint8Array {
  const frame = zstdCompressSync(text)
  const length = padLength(LENGTHS + frame.length)
  return concat(fourBytes(text.length), fourBytes(frame.length), frame, new Uint8Array(length - LENGTHS - frame.length))
}

function unpack(packed: Uint8Array): Uint8Array | 'too-long' | 'not-packed' {
  if (packed.length < LENGTHS) return 'not-packed'
  const view = new DataView(packed.buffer, packed.byteOffset)
  const [length, frame] = [view.getUint32(0), view.getUint32(4)]
  if (length > MOST_TEXT_BYTES) return 'too-long'
  if (frame > packed.length - LENGTHS) return 'not-packed'
  try {
    const bytes = packed.subarray(LENGTHS, LENGTHS + frame)
    const text = zstdDecompressSync(bytes, { ...WINDOW, maxOutputLength: Math.max(length, 1) })
    return text.length === length ? new Uint8Array(text) : 'not-packed'
  } catch {
    // The bytes are not a frame, or give more than they declare.
    return 'not-packed'
  }
}

/**
 * The padded length (Padmé, Nikitin et al., PETS 2019): below its highest bit, as many bits are kept as its exponent
 * has, so there are few lengths, at a cost of 12 % at most.
 */
export function padLength(length: number): number {
  const least = Math.max(length, LEAST_PACKED_BYTES)
  const exponent = Math.floor(Math.log2(least))
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1)
  return Math.ceil(least / step) * step
}

function toRangeError(has: number, most: number): RangeError {
  return new RangeError(`The blob has ${counted(has, 'byte')}; one has at most ${counted(most, 'byte')}.`)
}

import { counted } from '../../shared/domain/counted.ts'
import type { StoredBlob } from '../../shared/team/batch.ts'
import type { BlobPlace, TeamCrypto } from './crypto.ts'
import { isSame } from './form.ts'
import { MOST_TEXT_BYTES, pack, unpack } from './pack.ts'

/** One blob is at most this long when sealed; the server refuses longer ones. */
const MOST_SEALED_BYTES = 1_048_576

/** Why a blob is not used. */
export type BlobProblem = 'unreadable' | 'too-long' | 'not-packed' | 'other-address'

/** The blob of some bytes, under the key of the log. Throws `RangeError` for more than one blob may contain. */
export function createBlob(crypto: TeamCrypto, key: Uint8Array, log: string, text: Uint8Array): StoredBlob {
  if (text.length > MOST_TEXT_BYTES) throw toRangeError(text.length, MOST_TEXT_BYTES)
  const address = crypto.addressBlob(key, text)
  const sealed = crypto.sealBlob(key, { log, address }, pack(text))
  if (sealed.length > MOST_SEALED_BYTES) throw toRangeError(sealed.length, MOST_SEALED_BYTES)
  return { address, sealed }
}

/** The bytes of a blob, or why it is not used: it may have other bytes than its address names, since members share the key. */
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
  return isSame(crypto.addressBlob(key, text), place.address) ? text : 'other-address'
}

function toRangeError(has: number, most: number): RangeError {
  return new RangeError(`The blob has ${counted(has, 'byte')}; one has at most ${counted(most, 'byte')}.`)
}

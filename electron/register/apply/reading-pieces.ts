import { createHash } from 'node:crypto'

import { MOST_PACKED_BYTES, MOST_PIECE_BYTES, type ReadingTaken } from '../../../shared/decisions/readings.ts'
import { ReadingUnreadable, tooLong } from './reading-bytes.ts'

/** The facts in an operation about the bytes, to find that its pieces are whole. */
export type Whole = Pick<ReadingTaken, 'bytes' | 'sha256'>

/** The bytes of a reading in pieces of at most `most` bytes. Throws `ReadingUnreadable` for more than an operation may name. */
export function splitReading(
  packed: Uint8Array,
  most = MOST_PIECE_BYTES,
): { readonly whole: Whole; readonly pieces: readonly Uint8Array[] } {
  if (packed.length > MOST_PACKED_BYTES) throw tooLong(MOST_PACKED_BYTES)
  const pieces: Uint8Array[] = []
  for (let from = 0; from < packed.length; from += most) pieces.push(packed.subarray(from, from + most))
  return { whole: { bytes: packed.length, sha256: hash(packed) }, pieces }
}

/** The pieces in one. Throws `ReadingUnreadable` where they are not the bytes that the operation names. */
export function joinReading({ bytes, sha256 }: Whole, pieces: readonly Uint8Array[]): Uint8Array {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (length === bytes && bytes <= MOST_PACKED_BYTES) {
    const packed = Buffer.concat(pieces, bytes)
    if (hash(packed) === sha256) return packed
  }
  throw new ReadingUnreadable(
    'The pieces of the reading are not those that its operation names. Exchange with the team again, or read the provider again.',
  )
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

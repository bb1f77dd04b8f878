import { type ReadingTaken, READING_OPERATIONS } from '../../../shared/decisions/readings.ts'
import type { Op } from '../../../shared/team/op.ts'
import { ReadingUnreadable } from '../apply/reading-bytes.ts'
import { joinReading } from '../apply/reading-pieces.ts'
import { takeReading, type TakenAs } from '../apply/take-reading.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { settleReading } from './keys.ts'

/** What becomes of a reading here: `other-client`: its connection is not one of the client in whose stream it is. */
type CarriedOut = TakenAs | { readonly as: 'unreadable' | 'other-client' }

/**
 * Carries out the reading of another device. `blobs`: what its pieces name, in their order. One whose bytes are not a reading, or
 * not the one that it names, changes nothing: every register has the same bytes, so it is so in all of them.
 */
export function carryOutReading(
  writer: Writer,
  clientUid: string,
  operator: string,
  op: Op,
  blobs: readonly Uint8Array[],
): CarriedOut {
  const body = READING_OPERATIONS['reading.taken'].body.parse(op.body)
  if (isOfOther(writer, clientUid, body)) return { as: 'other-client' }
  try {
    return takeReading(writer, { operator, body }, joinReading(body, gatherPieces(body, blobs)), settleReading)
  } catch (error) {
    if (!(error instanceof ReadingUnreadable)) throw error
    return { as: 'unreadable' }
  }
}

/** The pieces in their order: those in the operation, and those beside the stream. */
export function gatherPieces(
  { pieces }: Pick<ReadingTaken, 'pieces'>,
  blobs: readonly Uint8Array[],
): readonly Uint8Array[] {
  const named = blobs.values()
  return pieces.map((piece) =>
    'inline' in piece ? Buffer.from(piece.inline, 'base64') : (named.next().value ?? new Uint8Array()),
  )
}

function isOfOther(reader: Reader, clientUid: string, { connectionUid }: ReadingTaken): boolean {
  const owner = reader.value<string>(
    'SELECT c.uid FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.uid = ?',
    [connectionUid],
  )
  return owner !== undefined && owner !== clientUid
}

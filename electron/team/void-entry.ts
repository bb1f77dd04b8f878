import type { TeamBody } from '../../shared/team/operations.ts'
import { isEntry } from './entry.ts'
import { toHex } from './hex.ts'
import type { TeamLog } from './log.ts'
import type { Replica } from './replica.ts'

/**
 * The body of `entry.voided` for the entry at which a stream stopped because it rests on a position of `team`, or of its client's
 * other stream, that is not there: with it, an owner lets every device pass that entry. Null where the stream goes on, or stopped for another reason. Throws
 * `TeamLogError`.
 */
export async function nameBlockingEntry(
  replica: Replica,
  log: TeamLog,
  stream: string,
): Promise<TeamBody<'entry.voided'> | null> {
  const { place, stopped } = replica.stream(stream)
  if (stopped?.reason !== 'members-missing' && stopped?.reason !== 'rests-missing') return null
  const [entry] = await log.pull(stream, place.next, 1)
  if (entry === undefined || !isEntry(entry) || entry.seq !== place.next || entry.stream !== stream) return null
  return { v: 1, stream, seq: place.next, head: toHex(replica.crypto.computeHead(place.head, entry)) }
}

import { findClockError } from '../../../shared/team/clocks.ts'
import type { Membership } from '../../../shared/team/membership.ts'
import { showableInstant } from '../../../shared/team/op.ts'
import type { TakenEntry } from '../../../shared/team/store.ts'
import type { Reader } from '../db/handles.ts'
import { type EntryRow, parseOp } from './entry-row.ts'

/**
 * What the server's word shows about the time of an entry, before it is stored; the entry that its author had read to is stored already.
 * `operation`: the entry's, as text; null where it was not read.
 */
export function readPlaced(
  reader: Reader,
  { entry, isCounted }: TakenEntry,
  operation: string | null,
  membership: Membership,
): Pick<EntryRow, 'placedAt' | 'clockMs'> {
  const placedAt = findPlacedAt(entry, membership)
  // What does not count may have been made by anyone.
  if (!isCounted || operation === null) return { placedAt, clockMs: null }
  const { at, basis } = parseOp(operation)
  const seenAt = reader.value<number | null>(PLACED_AT, [entry.stream, basis]) ?? null
  return { placedAt, clockMs: findClockError({ at, placedAt, seenAt }) }
}

export const PLACED_AT = 'SELECT placed_at FROM team_entry WHERE stream = ? AND seq = ?'

/**
 * When the server placed an entry; null where it does not show that. What a server had lost is placed again later, by whichever device holds
 * it: the time counts only where the author's own login placed it.
 */
function findPlacedAt({ device, pushedBy, placedAt }: TakenEntry['entry'], { devices }: Membership): number | null {
  if (pushedBy === undefined || pushedBy !== devices.get(device)?.login) return null
  return showableInstant.safeParse(placedAt).data ?? null
}

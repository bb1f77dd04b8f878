import { keyIds } from '../../register/keys/keys.ts'
import { leaverRows } from '../../register/leavers/counts.ts'
import { listLeavers } from '../../register/leavers/leaver.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'

/** Counts the keys that leave the lists with a client, and the leavers who still have access there. */
export function countArchived(context: Context, client: string): { readonly keys: number; readonly leavers: number } {
  const reader = getReader(context)
  const moment = makeMoment(context)
  const leavers = leaverRows(reader, listLeavers(reader, { client }, moment), { client }, moment)
  return {
    keys: keyIds(reader, { client, sort: { by: 'created', direction: 'asc' } }, moment).length,
    leavers: leavers.filter(({ state }) => state === 'holds').length,
  }
}

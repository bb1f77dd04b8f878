import { sendingRemedies } from '../../register/remediation/store.ts'
import { remediesById } from '../../register/remediation/list.ts'
import { type Context, commit, readerOf } from '../core/context.ts'
import { moveRemedy } from './journal.ts'

const OUTCOME =
  'Castellan ended before the provider answered. Nobody knows whether it was done; a sync of the connection shows it.'

/**
 * What was being sent when the last process ended is unsure now, and the journal says so. Nothing is sent: this process is
 * the only writer, so none of it is under way. Returns how many there were.
 */
export function settleInterrupted(context: Context): number {
  if (context.session().mode !== 'write' || context.session().register === null) return 0
  const ids = sendingRemedies(readerOf(context))
  if (ids.length === 0) return 0
  const stored = remediesById(readerOf(context), ids)
  commit(context, ['remedy'], (act) => {
    for (const { row } of stored) moveRemedy(act, row, 'lose', { outcome: OUTCOME })
  })
  return stored.length
}

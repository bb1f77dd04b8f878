import { sendingRemediations } from '../../register/remediation/store.ts'
import { remediationsById } from '../../register/remediation/list.ts'
import { type Context, commit, getReader } from '../core/context.ts'
import { moveRemediation } from './journal.ts'

const OUTCOME =
  'Castellan ended before the provider answered. Nobody knows whether it was done; a sync of the connection shows it.'

/**
 * What was being sent when the last process ended is unsure now, and the journal says so. Nothing is sent: this process is
 * the only writer, so none of it is under way. Returns how many there were.
 */
export function settleInterrupted(context: Context): number {
  if (context.session().mode !== 'write' || context.session().register === null) return 0
  const ids = sendingRemediations(getReader(context))
  if (ids.length === 0) return 0
  const stored = remediationsById(getReader(context), ids)
  commit(context, ['remediation'], (act) => {
    for (const { row } of stored) moveRemediation(act, row, 'lose', { outcome: OUTCOME })
  })
  return stored.length
}

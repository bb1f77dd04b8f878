import { unknownResultStep } from '../../../shared/domain/remediation/verify.ts'
import { sendingRemediations } from '../../register/remediation/store.ts'
import { remediationsById } from '../../register/remediation/list.ts'
import { type Context, commit, getReader } from '../core/context.ts'
import { moveRemediation } from './journal.ts'

const OUTCOME = 'Castellan ended before the provider answered. The result is unknown.'

/**
 * Changes that were being sent when the last process ended now have an unknown result, also in the journal. Nothing is
 * sent: this process is the only writer, so none is running. Returns how many there were.
 */
export function settleInterrupted(context: Context): number {
  if (context.session().mode !== 'write' || context.session().register === null) return 0
  const ids = sendingRemediations(getReader(context))
  if (ids.length === 0) return 0
  const stored = remediationsById(getReader(context), ids)
  commit(context, ['remediation'], (act) => {
    for (const { row } of stored) {
      moveRemediation(act, row, 'remedy.unsure', { outcome: `${OUTCOME} ${unknownResultStep(row.action)}` })
    }
  })
  return stored.length
}

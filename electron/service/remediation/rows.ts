import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { remediationsById, type StoredRemediation } from '../../register/remediation/list.ts'
import { type Context, getReader } from '../core/context.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { holdsSecret } from '../core/secrets.ts'

/** A row as the contract has it. */
export function shownRow(context: Context, row: StoredRemediation['row']): RemediationRow {
  return { ...row, secretHeld: row.state === 'deploying' && holdsSecret(context.session(), row.remediationId) }
}

export function shownRows(context: Context, ids: readonly number[]): RemediationRow[] {
  return remediationsById(getReader(context), ids).map(({ row }) => shownRow(context, row))
}

/** Throws `Refusal` NOT_FOUND. */
export function existingRemediation(context: Context, id: number): StoredRemediation {
  const [stored] = remediationsById(getReader(context), [id])
  if (stored === undefined) throw notFound(`Remediation item ${id}`, READ_AGAIN)
  return stored
}

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { remediationsById, type StoredRemediation } from '../../register/remediation/list.ts'
import { listUids } from '../../register/remediation/store.ts'
import { type Context, getReader } from '../core/context.ts'
import { notFound, READ_AGAIN, type Refusal } from '../kit/refusal.ts'
import { readApproval } from './approval.ts'
import { holdsSecret } from '../core/secrets.ts'

export function shownRow(context: Context, row: StoredRemediation['row']): RemediationRow {
  const { remediationId, state } = row
  return {
    ...row,
    secretHeld: state === 'deploying' && holdsSecretOf(context, remediationId),
    approval: readApproval(getReader(context), remediationId, context.now()),
  }
}

/** True if the new secret of an item is held. */
export function holdsSecretOf(context: Context, remediationId: number): boolean {
  return holdsSecret(context.session(), listUids(getReader(context), remediationId))
}

export function shownRows(context: Context, ids: readonly number[]): RemediationRow[] {
  return remediationsById(getReader(context), ids).map(({ row }) => shownRow(context, row))
}

/** Throws `Refusal` NOT_FOUND. */
export function existingRemediation(context: Context, id: number): StoredRemediation {
  const [stored] = existingRemediations(context, [id])
  if (stored === undefined) throw missing(id)
  return stored
}

/** Finds several, each once, in the order given. One statement whatever their number. */
export function existingRemediations(context: Context, ids: readonly number[]): StoredRemediation[] {
  const asked = [...new Set(ids)]
  const found = remediationsById(getReader(context), asked)
  const there = new Set(found.map(({ row }) => row.remediationId))
  const lost = asked.find((id) => !there.has(id))
  if (lost !== undefined) throw missing(lost)
  return found
}

function missing(id: number): Refusal {
  return notFound(`Remediation item ${id}`, READ_AGAIN)
}

import { findAuthor, findClientRole, newest } from '../../../shared/team/membership.ts'
import { type Context, getReader } from '../core/context.ts'
import { isFounded } from '../team/gate.ts'
import { findApprovalObstacle } from './approval.ts'
import type { Prepared } from './prepare.ts'

/** True if the member at this device is a lead of a client, or an owner; false in a profile without a team. */
async function isLeadOf(context: Context, slug: string): Promise<boolean> {
  if (!isFounded(context.session())) return false
  const { openTeam } = await import('../team/open-team.ts')
  const { replica } = await openTeam(context)
  const membership = replica.membership()
  if (membership === null) return false
  const at = newest(membership)
  const member = findAuthor(membership, replica.author.device, at)?.member
  const client = getReader(context).value<string>('SELECT uid FROM client WHERE slug = ?', [slug])
  if (member === undefined || client === undefined) return false
  return findClientRole(membership, client, member, at) === 'lead'
}

/** Why the member at this device cannot approve a change; null where they can, and in a profile without a team. */
export async function readApprovalObstacle(context: Context, prepared: Prepared): Promise<string | null> {
  if (!isFounded(context.session())) return null
  const { row, call, blocker } = prepared
  const isLead = await isLeadOf(context, row.client.slug)
  return findApprovalObstacle(getReader(context), { remediationId: row.remediationId, call, blocker }, isLead) ?? null
}

import { applyTeamOperation } from '../../../shared/team/fold-team.ts'
import { findAuthor, hasAgencyRole, type Membership, newest } from '../../../shared/team/membership.ts'
import { parseTeamOperation } from '../../../shared/team/operations.ts'
import { Refusal } from '../kit/refusal.ts'
import type { OpenTeam } from './open-team.ts'

/** The team with what waits here taken as placed. Throws `Refusal` CONFLICT before this device was enrolled. */
export function expectMembership({ replica }: OpenTeam): Membership {
  const known = replica.membership()
  if (known === null) {
    throw new Refusal(
      'CONFLICT',
      'This device is not enrolled yet.',
      'An owner’s device answers at its next exchange: castellan team exchange.',
    )
  }
  let expected = known
  for (const { op } of replica.waiting(replica.team, MOST_WAITING)) {
    const operation = parseTeamOperation(op.kind, op.body)
    const after = operation === null ? null : applyTeamOperation(expected, operation, replica.author.device)
    if (after !== null && typeof after !== 'string') expected = after
  }
  return expected
}

const MOST_WAITING = 1000

/** Whether the member at this device is an owner, by the signed history. */
export function isOwner({ replica }: OpenTeam): boolean {
  const membership = replica.membership()
  if (membership === null) return false
  const member = findAuthor(membership, replica.author.device, newest(membership))?.member
  return member !== undefined && hasAgencyRole(membership, member, 'owner', newest(membership))
}

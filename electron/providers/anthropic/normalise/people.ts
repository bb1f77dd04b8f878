import { z } from 'zod'

import type { Fact, PrincipalFact } from '../../../../shared/domain/facts.ts'
import { organizationGrant, projectGrant } from '../../kit/grants.ts'
import { toExpiry, toInstant, id, parseRow, raw, text, word } from '../../kit/rows.ts'
import { isSpent, SPENT_INVITE, unknownInvite } from '../../kit/invites.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'

/** Each member has one: without it, it is not known what they may do. */
const NO_ROLE: Omission = 'A member without a role.'

const userRow = z.object({ id, name: text, email: text, role: word, added_at: raw })

/**
 * One member of the organization: the principal and, where it has a role, the grant on the organization. Another list has
 * the last use of a member.
 */
export function userReading(row: unknown, findLastUse: (member: PrincipalFact) => number | null = () => null): Reading {
  const user = parseRow(userRow, row)
  if (user === null) return UNREADABLE
  const left: Omission[] = []
  const addedAt = toInstant(user, 'added_at', left)
  const known = stub({ externalId: user.id, kind: 'user', name: user.name, email: user.email })
  if (user.role === null) left.push(NO_ROLE)
  return { id: user.id, facts: withRole({ ...known, addedAt, lastUsedAt: findLastUse(known) }, user.role), left }
}

const inviteRow = z.object({
  id,
  email: text,
  role: word,
  status: word,
  invited_at: raw,
  expires_at: raw,
})

/** One invite: only a pending one still gives access to come, so only it carries a grant. */
export function inviteReading(row: unknown): Reading {
  const invite = parseRow(inviteRow, row)
  if (invite === null) return UNREADABLE
  if (isSpent(invite.status)) return { id: invite.id, facts: [], left: [SPENT_INVITE] }
  const left: Omission[] = []
  const facts = withRole(
    {
      ...stub({ externalId: invite.id, kind: 'invite', name: null, email: invite.email }),
      status: invite.status ?? 'unknown',
      addedAt: toInstant(invite, 'invited_at', left),
      expiresAt: toExpiry(invite, 'expires_at', left),
    },
    invite.role,
  )
  left.push(...unknownInvite(invite))
  return { id: invite.id, facts: invite.status === 'pending' ? facts : facts.slice(0, 1), left }
}

/** The principal with its role on the organization, and the grant that the role is. */
function withRole(principal: PrincipalFact, roleRaw: string | null): readonly Fact[] {
  if (roleRaw === null) return [principal]
  const grantedAt = principal.kind === 'invite' ? null : principal.addedAt
  return [
    { ...principal, roleRaw, level: getLevel('anthropic', 'organization', roleRaw) },
    organizationGrant('anthropic', { principal: principal.externalId, roleRaw, grantedAt }),
  ]
}

const memberRow = z.object({ user_id: id, workspace_role: word })

/** One member of a workspace, who is named by id alone; the principal counts only where the list of users lacks it. */
export function memberReading(row: unknown, workspace: string): Reading {
  const member = parseRow(memberRow, row)
  if (member === null) return UNREADABLE
  const { user_id: user, workspace_role: roleRaw } = member
  const principal = stub({ externalId: user, kind: 'user', name: null, email: null })
  if (roleRaw === null) return { id: user, facts: [principal], left: [NO_ROLE] }
  const grant = projectGrant('anthropic', workspace, { principal: user, roleRaw, grantedAt: null })
  return { id: user, facts: [principal, grant], left: [] }
}

import { z } from 'zod'

import type { Fact } from '../../../../shared/domain/facts.ts'
import { organizationGrant, projectGrant, UNKNOWN_ROLE } from '../../kit/grants.ts'
import { toExpiry, toInstant, id, listWithin, parseRow, raw, rows, text, word } from '../../kit/rows.ts'
import { isSpent, SPENT_INVITE, unknownInvite } from '../../kit/invites.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'

const inviteRow = z.object({
  id,
  email: text,
  role: word,
  status: word,
  created_at: raw,
  expires_at: raw,
  projects: rows,
})

const invitedTo = z.object({ id, role: word })

/** One invite: only a pending one still gives access to come, so only it carries grants. */
export function inviteReading(row: unknown): Reading {
  const invite = parseRow(inviteRow, row)
  if (invite === null) return UNREADABLE
  if (isSpent(invite.status)) return { id: invite.id, facts: [], left: [SPENT_INVITE] }
  const left: Omission[] = [...unknownInvite(invite)]
  const facts: Fact[] = [
    {
      type: 'principal',
      externalId: invite.id,
      kind: 'invite',
      name: null,
      email: invite.email,
      roleRaw: invite.role,
      level: invite.role === null ? null : getLevel('openai', 'organization', invite.role),
      status: invite.status ?? 'unknown',
      addedAt: toInstant(invite, 'created_at', left),
      expiresAt: toExpiry(invite, 'expires_at', left),
      lastUsedAt: null,
    },
  ]
  if (invite.status === 'pending') {
    const given = { principal: invite.id, grantedAt: null }
    if (invite.role !== null) facts.push(organizationGrant('openai', { ...given, roleRaw: invite.role }))
    const seen = new Set<string>()
    for (const entry of listWithin(invite.projects, 'An invite to projects', left)) {
      const project = parseRow(invitedTo, entry)
      if (project === null) left.push('A project of an invite without an id or in an unknown form.')
      else if (!seen.has(project.id)) {
        seen.add(project.id)
        facts.push(projectGrant('openai', project.id, { ...given, roleRaw: project.role ?? UNKNOWN_ROLE }))
      }
    }
  }
  return { id: invite.id, facts, left }
}

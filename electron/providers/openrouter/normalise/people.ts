import { z } from 'zod'

import { organizationGrant, projectGrant } from '../../kit/grants.ts'
import { toInstant, id, optionalId, parseRow, raw, text, word } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'

/** Each member has one: without it, it is not known what they may do. */
const NO_ROLE: Omission = 'A member without a role.'

const userRow = z.object({ id, email: text, first_name: text, last_name: text, role: word })

/** One member of the organization: the principal and, where it has a role, the grant on the organization. */
export function userReading(row: unknown): Reading {
  const user = parseRow(userRow, row)
  if (user === null) return UNREADABLE
  const { role: roleRaw } = user
  const name = [user.first_name, user.last_name].filter((part) => part !== null).join(' ')
  const known = stub({ externalId: user.id, kind: 'user', name: name === '' ? null : name, email: user.email })
  if (roleRaw === null) return { id: user.id, facts: [known], left: [NO_ROLE] }
  return {
    id: user.id,
    facts: [
      { ...known, roleRaw, level: getLevel('openrouter', 'organization', roleRaw) },
      organizationGrant('openrouter', { principal: user.id, roleRaw, grantedAt: null }),
    ],
    left: [],
  }
}

const memberRow = z.object({ user_id: id, workspace_id: optionalId, role: word, created_at: raw })

/** One member of a workspace, who is named by id alone; the principal counts only where the list of members lacks it. `listed`: as of `keyReading`. */
export function memberReading(row: unknown, listed: string): Reading {
  const member = parseRow(memberRow, row)
  if (member === null) return UNREADABLE
  const workspace = member.workspace_id ?? listed
  const { user_id: user, role: roleRaw } = member
  const key = JSON.stringify([workspace, user])
  const left: Omission[] = []
  const principal = stub({ externalId: user, kind: 'user', name: null, email: null })
  const grantedAt = toInstant(member, 'created_at', left)
  if (roleRaw === null) return { id: key, facts: [principal], left: [...left, NO_ROLE] }
  return {
    id: key,
    facts: [principal, projectGrant('openrouter', workspace, { principal: user, roleRaw, grantedAt })],
    left,
  }
}

import { z } from 'zod'

import type { Fact } from '../../../../shared/domain/facts.ts'
import { organizationGrant } from '../../kit/grants.ts'
import { provisionedDetail } from '../../kit/details.ts'
import { toInstant, flag, id, parseRow, part, raw, text, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'

const userRow = z.object({
  id,
  name: text,
  email: text,
  role: word,
  added_at: raw,
  is_service_account: flag,
  is_scim_managed: flag,
  api_key_last_used_at: raw,
  user: part(z.object({ name: text, email: text, banned: flag, enabled: part(z.boolean()) })),
})

/** One member of the organization: the principal and, where it has a role, the grant on the organization. */
export function userReading(row: unknown): Reading {
  const user = parseRow(userRow, row)
  if (user === null) return UNREADABLE
  const left: Omission[] = []
  const addedAt = toInstant(user, 'added_at', left)
  const facts: Fact[] = [
    {
      type: 'principal',
      externalId: user.id,
      kind: user.is_service_account ? 'service-account' : 'user',
      name: user.name ?? user.user?.name ?? null,
      email: user.email ?? user.user?.email ?? null,
      roleRaw: user.role,
      level: user.role === null ? null : getLevel('openai', 'organization', user.role),
      status: getStatus(user.user),
      addedAt,
      expiresAt: null,
      lastUsedAt: toInstant(user, 'api_key_last_used_at', left),
    },
  ]
  if (user.role !== null) {
    facts.push(organizationGrant('openai', { principal: user.id, roleRaw: user.role, grantedAt: addedAt }))
  }
  facts.push(...provisionedDetail(user.id, user.is_scim_managed))
  return { id: user.id, facts, left }
}

function getStatus(account: { readonly banned: boolean; readonly enabled: boolean | null } | null): string {
  if (account?.banned === true) return 'banned'
  return account?.enabled === false ? 'disabled' : 'active'
}

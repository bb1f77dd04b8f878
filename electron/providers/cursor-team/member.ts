import { z } from 'zod'

import { getLevel } from '../../../shared/domain/providers/roles.ts'
import { organizationGrant } from '../kit/grants.ts'
import { flag, parseRow, text, word } from '../kit/rows.ts'
import { stub } from '../kit/stub.ts'
import { UNREADABLE, type Reading } from '../kit/tally.ts'

const memberRow = z.object({
  // Earlier answers have none; a null would make another member of each.
  id: z.union([z.number().int(), z.string().min(1)]).optional(),
  email: text,
  name: text,
  role: word,
  isRemoved: flag,
})

/** The id of a member; earlier answers have none, so that the address identifies the member. Null for a row with neither. */
export function getMemberId(row: unknown): { readonly id: string; readonly email: string | null } | null {
  const member = parseRow(memberRow, row)
  if (member === null) return null
  const email = member.email?.toLowerCase() ?? null
  const id = member.id === undefined ? email : String(member.id)
  return id === null ? null : { id, email }
}

/** One member of the team, who has a seat. Members who were removed stay in the list for billing, and have none. */
export function memberReading(row: unknown, lastActive: ReadonlyMap<string, number>): Reading {
  const known = getMemberId(row)
  const member = parseRow(memberRow, row)
  if (member?.isRemoved) {
    return { id: known?.id ?? null, facts: [], left: [{ harmless: 'A member who was removed from the team.' }] }
  }
  if (known === null || member === null) return UNREADABLE
  const { role: roleRaw } = member
  const principal = {
    ...stub({ externalId: known.id, kind: 'user', name: member.name, email: member.email }),
    lastUsedAt: known.email === null ? null : (lastActive.get(known.email) ?? null),
  }
  if (roleRaw === null) return { id: known.id, facts: [principal], left: ['A member without a role.'] }
  return {
    id: known.id,
    facts: [
      { ...principal, roleRaw, level: getLevel('cursor-team', 'organization', roleRaw) },
      organizationGrant('cursor-team', { principal: known.id, roleRaw, grantedAt: null }),
    ],
    left: [],
  }
}

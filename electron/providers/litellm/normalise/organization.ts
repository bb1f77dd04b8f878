import { z } from 'zod'

import { projectGrant } from '../../kit/grants.ts'
import { id, listWithin, parseRow, rows, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const organizationRow = z.object({ organization_id: id, members: rows })
const memberRow = z.object({ user_id: id, user_role: word })

const ADMIN = 'org_admin'

/** One organization of the proxy: its admins administer each of its teams, whether they are members of it or not. */
export function organizationReading(row: unknown, teamsOf: ReadonlyMap<string, readonly string[]>): Reading {
  const organization = parseRow(organizationRow, row)
  if (organization === null) return UNREADABLE
  const teams = teamsOf.get(organization.organization_id) ?? []
  const left: Omission[] = []
  const admins = listWithin(organization.members, 'An organization with members', left).flatMap((each) => {
    const member = parseRow(memberRow, each)
    if (member === null) left.push('A member without an id or in an unknown form.')
    return member?.user_role === ADMIN ? [member.user_id] : []
  })
  return {
    id: organization.organization_id,
    facts: admins.flatMap((principal) =>
      teams.map((team) => projectGrant('litellm', team, { principal, roleRaw: ADMIN, grantedAt: null })),
    ),
    left,
  }
}

import { z } from 'zod'

import type { PrincipalFact } from '../../../../shared/domain/facts.ts'
import { projectGrant } from '../../kit/grants.ts'
import { flag, id, listWithin, optionalId, parseRow, raw, rows, text, word, words, toInstant } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { limitFields, toLimits } from './limit.ts'
import { toModels } from './models.ts'

const teamRow = z.object({
  team_id: id,
  team_alias: text,
  organization_id: optionalId,
  blocked: flag,
  created_at: raw,
  members_with_roles: rows,
  models: words,
  ...limitFields,
})
const memberRow = z.object({ user_id: optionalId, role: word })

/** The users of the proxy, and whether they are all of them, so that a member who is not among them was deleted. */
export interface Users {
  readonly users: ReadonlyMap<string, PrincipalFact>
  readonly whole: boolean
}

/** One team: the project, the roles of its members, its budget and rate limits. A blocked team refuses all calls. */
export function teamReading(row: unknown, { users, whole }: Users): Reading {
  const team = parseRow(teamRow, row)
  if (team === null) return UNREADABLE
  const { team_id: externalId } = team
  const left: Omission[] = []
  const members = listWithin(team.members_with_roles, 'A team with members', left).flatMap((each) => {
    const member = parseRow(memberRow, each)
    if (member === null) {
      left.push('A member in an unknown form.')
      return []
    }
    const { user_id: principal, role } = member
    if (principal === null) {
      // Named by an address alone until they first sign in.
      left.push({ harmless: 'A member without an id.' })
      return []
    }
    if (users.has(principal)) return [{ principal, role, facts: [] }]
    if (whole) left.push({ harmless: 'A member who was deleted.' })
    return whole
      ? []
      : [{ principal, role, facts: [stub({ externalId: principal, kind: 'user', name: null, email: null })] }]
  })
  return {
    id: externalId,
    facts: [
      {
        type: 'project',
        externalId,
        name: team.team_alias ?? externalId,
        status: team.blocked ? 'archived' : 'active',
        isDefault: false,
        createdAt: toInstant(team, 'created_at', left),
        archivedAt: null,
        residency: null,
      },
      ...members.flatMap(({ principal, role, facts }) => [
        ...facts,
        projectGrant('litellm', externalId, { principal, roleRaw: role ?? 'user', grantedAt: null }),
      ]),
      ...toLimits({ id: `team:${externalId}`, project: externalId, key: null }, team, left),
      ...toModels({ id: `team:${externalId}`, project: externalId, key: null }, team.models),
    ],
    left,
  }
}

/** The organization of the proxy to which a team belongs; null without one. */
export function getOrganization(row: unknown): { readonly team: string; readonly organization: string } | null {
  const team = parseRow(teamRow, row)
  return team === null || team.organization_id === null
    ? null
    : { team: team.team_id, organization: team.organization_id }
}

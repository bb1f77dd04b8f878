import { z } from 'zod'

import type { PrincipalFact } from '../../../../shared/domain/facts.ts'
import { projectGrant, UNKNOWN_ROLE } from '../../kit/grants.ts'
import { provisionedDetail } from '../../kit/details.ts'
import { toInstant, flag, id, parseRow, raw, text } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const groupRow = z.object({ id, name: text, created_at: raw, is_scim_managed: flag })

export function groupReading(row: unknown): Reading {
  const group = parseRow(groupRow, row)
  if (group === null) return UNREADABLE
  const left: Omission[] = []
  const fact: PrincipalFact = {
    ...stub({ externalId: group.id, kind: 'group', name: group.name, email: null }),
    addedAt: toInstant(group, 'created_at', left),
  }
  return { id: group.id, facts: [fact, ...provisionedDetail(group.id, group.is_scim_managed)], left }
}

const memberRow = z.object({ id, name: text, email: text })

/** One user inside a group. The principal counts only where the list of users does not hold it. */
export function groupMemberReading(row: unknown, group: string): Reading {
  const member = parseRow(memberRow, row)
  if (member === null) return UNREADABLE
  return {
    id: JSON.stringify([group, member.id]),
    facts: [
      stub({ externalId: member.id, kind: 'user', name: member.name, email: member.email }),
      { type: 'membership', group, member: member.id },
    ],
    left: [],
  }
}

const projectGroupRow = z.object({ group_id: id, group_name: text })

/**
 * One group that holds a role in a project: that it is listed is its access. Which role, another list reports; the unknown
 * one gives way to it.
 */
export function projectGroupReading(row: unknown, project: string): Reading {
  const group = parseRow(projectGroupRow, row)
  if (group === null) return UNREADABLE
  const principal = stub({ externalId: group.group_id, kind: 'group', name: group.group_name, email: null })
  const grant = projectGrant('openai', project, { principal: group.group_id, roleRaw: UNKNOWN_ROLE, grantedAt: null })
  return { id: group.group_id, facts: [principal, { ...grant, givesWay: true }], left: [] }
}

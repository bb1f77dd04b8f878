import { z } from 'zod'

import type { Level } from '../../../../shared/domain/role.ts'
import { textsOf } from '../../kit/claims.ts'
import { provisionedDetail } from '../../kit/details.ts'
import { fromRfc3339 } from '../../kit/instants.ts'
import { id, parseRow, part, raw, text } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { WITHOUT_ID, type Reading } from '../../kit/tally.ts'

const groupRow = z.object({ id, name: text, created_at: raw, source_type: text, role_ids: part(z.array(z.unknown())) })

/** A group, and the roles that are attached to it; null while the provider cannot report them. */
export interface Group {
  readonly id: string
  readonly roles: readonly string[] | null
}

/** One group of a Claude Enterprise organization. */
export function groupReading(row: unknown, note: (group: Group) => void): Reading {
  const group = parseRow(groupRow, row)
  if (group === null) return WITHOUT_ID
  const left: string[] = []
  note({ id: group.id, roles: group.role_ids === null ? null : textsOf(group.role_ids) })
  const principal = stub({ externalId: group.id, kind: 'group', name: group.name, email: null })
  const fact = { ...principal, addedAt: fromRfc3339(group.created_at, left) }
  return { id: group.id, facts: [fact, ...provisionedDetail(group.id, group.source_type === 'scim')], left }
}

const memberRow = z.object({ user_id: id, email: text })

/** One member of a group. The principal counts only where the list of users does not hold it. */
export function groupMemberReading(row: unknown, group: string): Reading {
  const member = parseRow(memberRow, row)
  if (member === null) return WITHOUT_ID
  return {
    id: JSON.stringify([group, member.user_id]),
    facts: [
      stub({ externalId: member.user_id, kind: 'user', name: null, email: member.email }),
      { type: 'membership', group, member: member.user_id },
    ],
    left: [],
  }
}

const roleRow = z.object({ id, display_name: text })

/** One role of the organization; `note` gets its name. It becomes a fact where a group holds it. */
export function roleReading(row: unknown, note: (id: string, name: string) => void): Reading {
  const role = parseRow(roleRow, row)
  if (role === null) return WITHOUT_ID
  note(role.id, role.display_name ?? role.id)
  return { id: role.id, facts: [], left: [] }
}

const permissionRow = z.object({ action: text, resource: part(z.object({ type: text })) })

/** Entitlements of the admin panel begin so (API reference of role permissions). */
const ADMINISTERS = /^permission_/u

/** Whether a permission administers the organization; the others let their holders use its features. */
export function doesAdminister(row: unknown): boolean {
  const permission = parseRow(permissionRow, row)
  return permission?.resource?.type === 'organization' && ADMINISTERS.test(permission.action ?? '')
}

/** One role on the organization that a group holds. */
export function groupRoleReading({ group, role, level }: GroupRole): Reading {
  return {
    id: JSON.stringify([group, role]),
    facts: [
      {
        type: 'grant',
        principal: group,
        project: null,
        roleRaw: role,
        level,
        impliedRoleRaw: null,
        impliedLevel: null,
        grantedAt: null,
      },
    ],
    left: [],
  }
}

/** A role, by its name, that a group holds. */
export interface GroupRole {
  readonly group: string
  readonly role: string
  readonly level: Level
}

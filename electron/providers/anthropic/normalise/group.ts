import { z } from 'zod'

import type { Level } from '../../../../shared/domain/role.ts'
import { provisionedDetail } from '../../kit/details.ts'
import { toInstant, id, parseRow, part, raw, text, word, words } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const groupRow = z.object({ id, name: text, created_at: raw, source_type: word, role_ids: words })

/** A group, and the roles that are attached to it; null while the provider cannot report them. */
export interface Group {
  readonly id: string
  readonly roles: readonly string[] | null
}

/** One group of a Claude Enterprise organization. */
export function groupReading(row: unknown, note: (group: Group) => void): Reading {
  const group = parseRow(groupRow, row)
  if (group === null) return UNREADABLE
  const left: Omission[] = []
  note({ id: group.id, roles: group.role_ids })
  const principal = stub({ externalId: group.id, kind: 'group', name: group.name, email: null })
  const fact = { ...principal, addedAt: toInstant(group, 'created_at', left) }
  return { id: group.id, facts: [fact, ...provisionedDetail(group.id, group.source_type === 'scim')], left }
}

const memberRow = z.object({ user_id: id, email: text })

/** One member of a group. The principal counts only where the list of users does not hold it. */
export function groupMemberReading(row: unknown, group: string): Reading {
  const member = parseRow(memberRow, row)
  if (member === null) return UNREADABLE
  return {
    id: JSON.stringify([group, member.user_id]),
    facts: [
      stub({ externalId: member.user_id, kind: 'user', name: null, email: member.email }),
      { type: 'membership', group, member: member.user_id },
    ],
    left: [],
  }
}

const roleRow = z.object({ id, display_name: word })

/** One role of the organization; `note` gets its name. It becomes a fact where a group holds it. */
export function roleReading(row: unknown, note: (id: string, name: string) => void): Reading {
  const role = parseRow(roleRow, row)
  if (role === null) return UNREADABLE
  note(role.id, role.display_name ?? role.id)
  return { id: role.id, facts: [], left: [] }
}

const permissionRow = z.object({ action: word, resource: part(z.object({ type: word })) })

/** Entitlements of the admin panel begin so (API reference of role permissions). */
const ADMINISTERS = /^permission_/u

/** True if a permission administers the organization; the others let their holders use its features. Null where it cannot be read. */
export function doesAdminister(row: unknown): boolean | null {
  const permission = parseRow(permissionRow, row)
  if (permission === null) return null
  return permission.resource?.type === 'organization' && ADMINISTERS.test(permission.action ?? '')
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

import { z } from 'zod'

import { provisionedDetail } from '../../kit/details.ts'
import { projectGrant } from '../../kit/grants.ts'
import { toInstant, id, parseRow, raw, text, word } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const groupRow = z.object({ id, display_name: text, created_at: raw })

/** One group of the identity provider. No list has its members. */
export function groupReading(row: unknown): Reading {
  const group = parseRow(groupRow, row)
  if (group === null) return UNREADABLE
  const left: Omission[] = []
  const principal = stub({ externalId: group.id, kind: 'group', name: group.display_name, email: null })
  const fact = { ...principal, addedAt: toInstant(group, 'created_at', left) }
  return { id: group.id, facts: [fact, ...provisionedDetail(group.id, true)], left }
}

const mappingRow = z.object({ id, scim_group_id: id, workspace_id: id, role: word, created_at: raw })

/** The role that a group has in a workspace. */
export function mappingReading(row: unknown): Reading {
  const mapping = parseRow(mappingRow, row)
  if (mapping === null) return UNREADABLE
  const { scim_group_id: principal, workspace_id: workspace, role: roleRaw } = mapping
  const left: Omission[] = []
  const grantedAt = toInstant(mapping, 'created_at', left)
  if (roleRaw === null) return { id: mapping.id, facts: [], left: ['A group without a role.', ...left] }
  return { id: mapping.id, facts: [projectGrant('openrouter', workspace, { principal, roleRaw, grantedAt })], left }
}

import { z } from 'zod'

import type { Fact } from '../../../../shared/domain/facts.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'
import { projectGrant } from '../../kit/grants.ts'
import { toInstant, id, parseRow, raw, text, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const accountRow = z.object({ id, name: text, organization_role: word, created_at: raw, archived_at: raw })

/**
 * One service account of the organization. Its role there carries into no workspace: Anthropic publishes that for members
 * alone, and lists the workspaces of each account. An archived account holds nothing.
 */
export function serviceAccountReading(row: unknown): Reading {
  const account = parseRow(accountRow, row)
  if (account === null) return UNREADABLE
  const left: Omission[] = []
  const addedAt = toInstant(account, 'created_at', left)
  const isArchived = account.archived_at !== null && account.archived_at !== undefined
  const roleRaw = account.organization_role
  const level = roleRaw === null ? null : getLevel('anthropic', 'organization', roleRaw)
  const facts: Fact[] = [
    {
      type: 'principal',
      externalId: account.id,
      kind: 'service-account',
      name: account.name,
      email: null,
      roleRaw,
      level,
      status: isArchived ? 'archived' : 'active',
      addedAt,
      expiresAt: null,
      lastUsedAt: null,
    },
  ]
  if (roleRaw !== null && level !== null && !isArchived) {
    facts.push({
      type: 'grant',
      principal: account.id,
      project: null,
      roleRaw,
      level,
      impliedRoleRaw: null,
      impliedLevel: null,
      grantedAt: addedAt,
    })
  }
  return { id: account.id, facts, left }
}

const membershipRow = z.object({ workspace_id: id, workspace_role: word })

/** One workspace of a service account. Every account is an implicit member of the default one. */
export function accountWorkspaceReading(row: unknown, account: string): Reading {
  const membership = parseRow(membershipRow, row)
  if (membership === null) return UNREADABLE
  const { workspace_id: workspace, workspace_role: roleRaw } = membership
  const key = JSON.stringify([account, workspace])
  if (roleRaw === null) return { id: key, facts: [], left: ['A member without a role.'] }
  return {
    id: key,
    facts: [projectGrant('anthropic', workspace, { principal: account, roleRaw, grantedAt: null })],
    left: [],
  }
}

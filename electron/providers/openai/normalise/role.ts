import { z } from 'zod'

import type { GrantFact, OrganizationFact } from '../../../../shared/domain/facts.ts'
import type { Level, RoleScope } from '../../../../shared/domain/role.ts'
import { flag, id, parseRow, part, word, words } from '../../kit/rows.ts'
import { UNREADABLE, type Reading } from '../../kit/tally.ts'
import { levelInProjects, levelOfPermissions } from './permission.ts'
import { impliedProjectRole, getLevel } from '../../../../shared/domain/providers/roles.ts'

const PROVIDER = 'openai'

const roleRow = z.object({
  id,
  name: word,
  /** Null where the row does not report them. */
  permissions: words,
  predefined_role: flag,
  resource_type: word,
  assignment_sources: part(z.array(part(z.object({ principal_id: word, principal_type: word })))),
})

type RoleRow = z.output<typeof roleRow>

/** A predefined organization role may carry the organization's id, which no route of the API gives. */
const ORGANIZATION_IN_ROLE = /__api-organization__(.+)$/u

/** One role of the organization. Its only fact is the organization itself, where the role's id or the answer (`heard`) names it. */
export function roleReading(row: unknown, heard: string | null): Reading {
  const role = parseRow(roleRow, row)
  if (role === null) return UNREADABLE
  const organization = ORGANIZATION_IN_ROLE.exec(role.id)?.[1] ?? heard
  const fact: OrganizationFact[] =
    organization === null ? [] : [{ type: 'organization', externalId: organization, name: null }]
  return { id: role.id, facts: fact, left: [] }
}

/** True if a role of the organization's list is its own rather than OpenAI's. */
export function isCustomOrganizationRole(row: unknown): boolean {
  const role = parseRow(roleRow, row)
  return role !== null && !role.predefined_role && role.resource_type !== 'api.project'
}

/** True if a role that a project offers is the organization's own rather than OpenAI's. */
export function isCustomRole(row: unknown): boolean {
  return parseRow(roleRow, row)?.predefined_role === false
}

/** One role that a project offers. It becomes a fact once a principal holds it. */
export function projectRoleReading(row: unknown): Reading {
  const role = parseRow(roleRow, row)
  return role === null ? UNREADABLE : { id: role.id, facts: [], left: [] }
}

/** A custom role may have any name, even `Owner`: only its permissions determine its level. */
function levelOfRole(role: RoleRow, scope: RoleScope): Level {
  return role.predefined_role ? getLevel(PROVIDER, scope, toWord(role)) : levelOfPermissions(role.permissions)
}

/** The ids of OpenAI's own roles, with or without what they are bound to (OpenAI's Terraform provider). */
const PREDEFINED = /^role-api-(?:organization|project)-([a-z_]+)(?:__|$)/u

/** The word of OpenAI's own roles is that of the lists of users, so that one role never counts as two. */
function toWord(role: RoleRow): string {
  const word = role.predefined_role ? PREDEFINED.exec(role.id)?.[1] : undefined
  return word ?? role.name ?? role.id
}

export interface RoleHolder {
  readonly principal: string
  readonly project: string | null
}

/** One role assigned to a group or user, as a grant. */
export function assignmentReading(row: unknown, holder: RoleHolder): Reading {
  const role = parseRow(roleRow, row)
  if (role === null) return UNREADABLE
  return { id: getKey(holder, role.id), facts: [toGrant(role, holder)], left: [] }
}

/**
 * One role assigned to a user or service account. A role that reaches its holder only through a group is not their
 * grant: it is in the grant of the group.
 */
export function directRoleReading(row: unknown, holder: RoleHolder): Reading {
  const role = parseRow(roleRow, row)
  if (role === null) return UNREADABLE
  const facts = isDirect(role, holder.principal) ? [toGrant(role, holder)] : []
  return { id: getKey(holder, role.id), facts, left: [] }
}

function isDirect(role: RoleRow, holder: string): boolean {
  const sources = (role.assignment_sources ?? []).filter((source) => source !== null)
  return sources.length === 0 || sources.some((source) => source.principal_id === holder)
}

function getKey({ principal, project }: RoleHolder, role: string): string {
  return JSON.stringify([project, principal, role])
}

function toGrant(role: RoleRow, { principal, project }: RoleHolder): GrantFact {
  const implied = project === null ? impliedBy(role) : null
  return {
    type: 'grant',
    principal,
    project,
    roleRaw: toWord(role),
    level: levelOfRole(role, project === null ? 'organization' : 'project'),
    impliedRoleRaw: implied?.raw ?? null,
    impliedLevel: implied?.level ?? null,
    grantedAt: null,
  }
}

/** The role in every project by one on the organization: a custom one is what its permissions allow (RBAC guide). */
function impliedBy(role: RoleRow): { readonly raw: string; readonly level: Level } | null {
  if (!role.predefined_role) {
    const level = levelInProjects(role.permissions)
    return level === null ? null : { raw: toWord(role), level }
  }
  const raw = impliedProjectRole(PROVIDER, toWord(role))
  return raw === null ? null : { raw, level: getLevel(PROVIDER, 'project', raw) }
}

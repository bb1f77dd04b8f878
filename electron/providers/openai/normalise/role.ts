import { z } from 'zod'

import type { GrantFact, OrganizationFact } from '../../../../shared/domain/facts.ts'
import { impliedProjectRole, levelOf, type Level, type RoleScope } from '../../../../shared/domain/role.ts'
import { flag, id, parseRow, part, rows, text } from '../../rows.ts'
import { WITHOUT_ID, type Reading } from '../../tally.ts'

const PROVIDER = 'openai'

const roleRow = z.object({
  id,
  name: text,
  permissions: rows,
  predefined_role: flag,
  resource_type: text,
  assignment_sources: part(z.array(part(z.object({ principal_id: text, principal_type: text })))),
})

type RoleRow = z.output<typeof roleRow>

/** A predefined organization role carries the organization's id, which no route of the API gives. */
const ORGANIZATION_IN_ROLE = /__api-organization__(.+)$/u

/** One role of the organization. Its only fact is the organization itself, where the role's id names it. */
export function roleReading(row: unknown): Reading {
  const role = parseRow(roleRow, row)
  if (role === null) return WITHOUT_ID
  const organization = ORGANIZATION_IN_ROLE.exec(role.id)?.[1]
  const fact: OrganizationFact[] =
    organization === undefined ? [] : [{ type: 'organization', externalId: organization, name: null }]
  return { id: role.id, facts: fact, left: [] }
}

/** Whether a role was made by the organization for itself rather than given by OpenAI. */
export function isCustomOrganizationRole(row: unknown): boolean {
  const role = parseRow(roleRow, row)
  return role !== null && !role.predefined_role && role.resource_type !== 'api.project'
}

/** Permissions that let their holder give access or keys to others. */
const GIVES_ACCESS =
  /^api\.(?:.+\.)?(?:api_keys|admin_api_keys|service_accounts|roles|groups|users|invites|projects)\.write$/u

/** A role made by the organization may be named anything, `Owner` too: only its permissions say what it amounts to. */
function levelOfRole(role: RoleRow, scope: RoleScope): Level {
  if (role.predefined_role) return levelOf(PROVIDER, scope, wordOf(role))
  return role.permissions.some((word) => typeof word === 'string' && GIVES_ACCESS.test(word)) ? 'admin' : 'other'
}

function wordOf(role: RoleRow): string {
  return role.name ?? role.id
}

export interface RoleHolder {
  readonly principal: string
  readonly project: string | null
}

/** One role assigned to a group or user, as a grant. */
export function assignmentReading(row: unknown, holder: RoleHolder): Reading {
  const role = parseRow(roleRow, row)
  if (role === null) return WITHOUT_ID
  return { id: keyOf(holder, role.id), facts: [grantOf(role, holder)], left: [] }
}

/**
 * One role assigned to a user. A role that reaches the user through a group alone is no grant of the user's: the group's
 * own grant tells it.
 */
export function userRoleReading(row: unknown, user: string): Reading {
  const role = parseRow(roleRow, row)
  if (role === null) return WITHOUT_ID
  const holder: RoleHolder = { principal: user, project: null }
  return { id: keyOf(holder, role.id), facts: isDirect(role, user) ? [grantOf(role, holder)] : [], left: [] }
}

function isDirect(role: RoleRow, user: string): boolean {
  const sources = (role.assignment_sources ?? []).filter((source) => source !== null)
  return sources.length === 0 || sources.some((source) => source.principal_id === user)
}

function keyOf({ principal, project }: RoleHolder, role: string): string {
  return JSON.stringify([project, principal, role])
}

function grantOf(role: RoleRow, { principal, project }: RoleHolder): GrantFact {
  const raw = wordOf(role)
  const implied = project === null && role.predefined_role ? impliedProjectRole(PROVIDER, raw) : null
  return {
    type: 'grant',
    principal,
    project,
    roleRaw: raw,
    level: levelOfRole(role, project === null ? 'organization' : 'project'),
    impliedRoleRaw: implied,
    impliedLevel: implied === null ? null : levelOf(PROVIDER, 'project', implied),
    grantedAt: null,
  }
}

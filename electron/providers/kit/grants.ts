import type { GrantFact } from '../../../shared/domain/facts.ts'
import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import { impliedProjectRole, getLevel } from '../../../shared/domain/providers/roles.ts'

/** The word for a role that the provider does not report. */
export const UNKNOWN_ROLE = 'unknown'

interface RoleHolding {
  readonly principal: string
  readonly roleRaw: string
  readonly grantedAt: number | null
}

/** A role on the organization, with the role that it carries into every project. */
export function organizationGrant(provider: ProviderId, { principal, roleRaw, grantedAt }: RoleHolding): GrantFact {
  const implied = impliedProjectRole(provider, roleRaw)
  return {
    type: 'grant',
    principal,
    project: null,
    roleRaw,
    level: getLevel(provider, 'organization', roleRaw),
    impliedRoleRaw: implied,
    impliedLevel: implied === null ? null : getLevel(provider, 'project', implied),
    grantedAt,
  }
}

/** A role on one project. */
export function projectGrant(
  provider: ProviderId,
  project: string,
  { principal, roleRaw, grantedAt }: RoleHolding,
): GrantFact {
  return {
    type: 'grant',
    principal,
    project,
    roleRaw,
    level: getLevel(provider, 'project', roleRaw),
    impliedRoleRaw: null,
    impliedLevel: null,
    grantedAt,
  }
}

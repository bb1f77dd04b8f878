import type { ProviderId } from '../providers/providers.ts'
import { isPrivileged, type RoleScope } from '../role.ts'
import { roleFor } from './drift-roles.ts'
import type { PlannedJob } from './plan.ts'

/** A role that a job has at a provider, in the provider's own word. */
export interface JobRole {
  readonly scope: RoleScope
  readonly raw: string
}

/**
 * The roles that a job has at a provider: the one in the organization, then the one in its projects, left out where it has
 * none or the first includes it.
 */
export function jobRoles(provider: ProviderId, { level, projects: own }: PlannedJob): readonly JobRole[] {
  const isNarrow = own !== 'all' && own.length > 0 && isPrivileged(level)
  const hasMore = (own === 'all' || own.length > 0) && (isNarrow || !isPrivileged(level))
  const role = (scope: RoleScope, of: PlannedJob['level']): JobRole => ({
    scope,
    raw: roleFor(provider, scope, of).raw,
  })
  // A person who is strong in some projects only is an ordinary member of the organization.
  const inOrganization = role('organization', isNarrow ? 'member' : level)
  return hasMore ? [inOrganization, role('project', level)] : [inOrganization]
}

/** The same in words: `reader, member in its projects`. */
export function jobRolesText(provider: ProviderId, job: PlannedJob): string {
  return jobRoles(provider, job)
    .map(({ scope, raw }) => (scope === 'organization' ? raw : `${raw} in its projects`))
    .join(', ')
}

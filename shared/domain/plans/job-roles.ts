import type { ProviderId } from '../providers/providers.ts'
import { hasProjectRoles } from '../providers/roles.ts'
import { isPrivileged, type RoleScope } from '../role.ts'
import { nameKey } from '../text/names.ts'
import { roleFor } from './drift-roles.ts'
import type { Plan, PlannedJob } from './plan.ts'
import { resolveProject } from './project-ref.ts'

/** A role that a job has at a provider, in the provider's own word. */
export interface JobRole {
  readonly scope: RoleScope
  readonly raw: string
}

/** The roles of a job at one provider: the one in the organization, then the one in its projects. */
export interface ProviderJobRoles {
  readonly provider: ProviderId
  readonly roles: readonly JobRole[]
}

/**
 * The roles that a job has at each provider of a plan, by the rule of `plannedAccess`: a provider without a project of the
 * job is left out, unless the job is in every project, or in none, so that any organization is enough.
 */
export function jobRoles(plan: Plan, job: PlannedJob): readonly ProviderJobRoles[] {
  const own = job.projects
  const organizations = own === 'all' || own.length === 0 ? null : organizationsOf(plan, own)
  const providers = plan.organizations
    .filter(({ name }) => organizations?.has(nameKey(name)) ?? true)
    .map(({ provider }) => provider)
  return [...new Set(providers)].map((provider) => ({ provider, roles: rolesAt(provider, job) }))
}

/** The organizations of the projects that a job refers to, as names are compared. */
function organizationsOf(plan: Plan, refs: readonly string[]): ReadonlySet<string> {
  return new Set(refs.flatMap((ref) => resolveProject(plan, ref)?.organization ?? []).map(nameKey))
}

/** The role in projects is left out where the job or the provider has none, or the one in the organization includes it. */
function rolesAt(provider: ProviderId, { level, projects: own }: PlannedJob): readonly JobRole[] {
  const isNarrow = own !== 'all' && own.length > 0 && isPrivileged(level)
  const hasMore = (own === 'all' || own.length > 0) && (isNarrow || !isPrivileged(level)) && hasProjectRoles(provider)
  const role = (scope: RoleScope, of: PlannedJob['level']): JobRole => ({
    scope,
    raw: roleFor(provider, scope, of).raw,
  })
  // A person who is strong in some projects only is an ordinary member of the organization.
  const inOrganization = role('organization', isNarrow ? 'member' : level)
  return hasMore ? [inOrganization, role('project', level)] : [inOrganization]
}

/** The roles at one provider in words: `reader, member in its projects`. */
export function jobRolesText({ roles }: ProviderJobRoles): string {
  return roles.map(({ scope, raw }) => (scope === 'organization' ? raw : `${raw} in its projects`)).join(', ')
}

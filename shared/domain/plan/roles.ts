import { impliedProjectRole, type Level } from '../role.ts'
import { type ProviderId, providerFacts } from '../provider.ts'
import { resolveProject, sameName } from './names.ts'
import type { Plan, PlannedJob, PlannedOrganization, PlannedProject } from './plan.ts'

/** What a level becomes at a provider, in its own words. */
export interface ProviderRoles {
  readonly organization: string
  readonly project: string
  /** What is to be known where the provider has no such role, in a sentence; null where it has one. */
  readonly becomes: string | null
}

type Known = Exclude<Level, 'other'>

/**
 * OpenAI has owners and readers in an organization, owners and members in a project (RBAC guide): a member is an ordinary
 * reader with a place in projects. Anthropic's members are developers (administration API); its API gives nobody `owner`.
 */
const ROLES: Readonly<Partial<Record<ProviderId, Readonly<Record<Known, readonly [string, string]>>>>> = {
  openai: {
    owner: ['owner', 'owner'],
    admin: ['owner', 'owner'],
    member: ['reader', 'member'],
    billing: ['reader', 'viewer'],
    reader: ['reader', 'viewer'],
  },
  anthropic: {
    owner: ['admin', 'workspace_admin'],
    admin: ['admin', 'workspace_admin'],
    member: ['developer', 'workspace_developer'],
    billing: ['billing', 'workspace_billing'],
    reader: ['user', 'workspace_user'],
  },
}

/** Levels that a provider does not have, and would take as something else. */
const MISSING: Readonly<Partial<Record<ProviderId, readonly Known[]>>> = {
  openai: ['admin', 'member', 'billing'],
  anthropic: ['owner', 'member'],
}

/** What a level becomes at a provider; null where it cannot be said. Other providers take the word of the level. */
export function rolesAt(provider: ProviderId, level: Level): ProviderRoles | null {
  if (level === 'other') return null
  const [organization, project] = ROLES[provider]?.[level] ?? [level, level]
  const missing = MISSING[provider]?.includes(level) ?? false
  const { name, projectWord } = providerFacts(provider)
  const inProjects = level === 'member' ? `, and ${project} in each ${projectWord}` : ''
  return {
    organization,
    project,
    becomes: missing ? `${name} has no organization role ${level}: it becomes ${organization}${inProjects}.` : null,
  }
}

export interface PlannedGrant {
  readonly organization: PlannedOrganization
  /** Null for the role in the organization itself. */
  readonly project: PlannedProject | null
  /** As the provider words it. */
  readonly role: string
}

/**
 * Every role that somebody with this job is to hold, of organizations first. Roles in projects that the one in the
 * organization brings along by itself are not repeated. A job with a list of projects is in the organizations of these; one
 * without any, or with all, in every organization.
 */
export function grantsOf(plan: Plan, job: PlannedJob): readonly PlannedGrant[] {
  const listed = job.projects === 'all' ? plan.projects : job.projects.flatMap((ref) => resolveProject(plan, ref) ?? [])
  const everywhere = job.projects === 'all' || job.projects.length === 0
  return plan.organizations.flatMap((organization) => {
    const own = plan.projects.filter((project) => sameName(project.organization, organization.name))
    const exceptions = (job.exceptions ?? []).filter((one) => sameName(one.organization, organization.name))
    const roles = rolesAt(organization.provider, job.level)
    const isIn = everywhere || own.some((project) => listed.includes(project))
    const said = exceptions.find(({ project }) => project === null)
    const role = said === undefined ? (isIn ? (roles?.organization ?? null) : null) : said.role
    if (role === null) return []
    const brought = impliedProjectRole(organization.provider, role)
    const inProjects = own.flatMap((project): PlannedGrant[] => {
      const exception = exceptions.find((one) => one.project !== null && sameName(one.project, project.name))
      const byLevel = isIn && brought === null && listed.includes(project) ? (roles?.project ?? null) : null
      const inProject = exception === undefined ? byLevel : exception.role
      return inProject === null || inProject === brought ? [] : [{ organization, project, role: inProject }]
    })
    return [{ organization, project: null, role }, ...inProjects]
  })
}

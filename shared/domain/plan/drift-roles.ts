import { providerName, type ProviderId } from '../provider.ts'
import { isPrivileged, type Level, levelOf, type RoleScope, strongerLevel } from '../role.ts'
import { nameKey, resolveProject } from './names.ts'
import type { Plan, PlannedOrganization, PlannedProject } from './plan.ts'

/** What a level of a plan becomes at a provider. */
export interface ProviderRole {
  /** The provider's own word. */
  readonly raw: string
  /** What that word amounts to once it is read back. */
  readonly level: Level
  /** Why it is not the level of the plan; null where it is. */
  readonly becomes: string | null
}

type Words = Readonly<Record<Level, string>>

/**
 * Levels to role words, as in the table of roles in the vendors' references: OpenAI's organizations have owners and readers
 * only, and its ordinary member is the reader who has a role in a project.
 */
const WORDS: Readonly<Record<ProviderId, Readonly<Record<RoleScope, Words>>>> = {
  openai: {
    organization: {
      owner: 'owner',
      admin: 'owner',
      member: 'reader',
      billing: 'reader',
      reader: 'reader',
      other: 'reader',
    },
    project: { owner: 'owner', admin: 'owner', member: 'member', billing: 'viewer', reader: 'viewer', other: 'member' },
  },
  anthropic: {
    organization: {
      owner: 'admin',
      admin: 'admin',
      member: 'developer',
      billing: 'billing',
      reader: 'user',
      other: 'user',
    },
    project: {
      owner: 'workspace_admin',
      admin: 'workspace_admin',
      member: 'workspace_developer',
      billing: 'workspace_billing',
      reader: 'workspace_user',
      other: 'workspace_user',
    },
  },
  openrouter: {
    organization: {
      owner: 'org:admin',
      admin: 'org:admin',
      member: 'org:member',
      billing: 'org:member',
      reader: 'org:member',
      other: 'org:member',
    },
    project: { owner: 'admin', admin: 'admin', member: 'member', billing: 'member', reader: 'member', other: 'member' },
  },
  // A platform behind a file has words of its own; these are understood of any.
  file: {
    organization: {
      owner: 'owner',
      admin: 'admin',
      member: 'member',
      billing: 'billing',
      reader: 'reader',
      other: 'member',
    },
    project: {
      owner: 'owner',
      admin: 'admin',
      member: 'member',
      billing: 'billing',
      reader: 'reader',
      other: 'member',
    },
  },
}

/** The role that stands for a level, and what it becomes where the provider has no such level. */
export function roleFor(provider: ProviderId, scope: RoleScope, level: Level): ProviderRole {
  const raw = WORDS[provider][scope][level]
  const readBack = levelOf(provider, scope, raw)
  const where = scope === 'organization' ? 'in an organization' : 'in a project'
  return {
    raw,
    level: readBack,
    becomes: readBack === level ? null : `${providerName(provider)} has no ${level} ${where}: it becomes ${raw}.`,
  }
}

/** What somebody is to have in one organization. */
export interface PlannedAccess {
  readonly level: Level
  /** Levels by name of the project, in lower case. */
  readonly projects: ReadonlyMap<string, Level>
  /** Whether every project of the organization is meant, so that a role of the organization may give it. */
  readonly everywhere: boolean
  /** Without a project, so that it is enough to be in one of the organizations. */
  readonly anywhere: boolean
}

/**
 * What the jobs of a person, by address, come to in one organization; null where none has to do with it. A person with two
 * jobs stands in the plan twice and has the stronger of both in each place.
 */
export function plannedAccess(plan: Plan, email: string, organization: PlannedOrganization): PlannedAccess | null {
  const own = plan.projects.filter((project) => nameKey(project.organization) === nameKey(organization.name))
  const names = new Set(own.map(({ name }) => nameKey(name)))
  const held = plan.people
    .filter((person) => nameKey(person.email) === nameKey(email))
    .flatMap((person) => plan.jobs.find((job) => nameKey(job.name) === nameKey(person.job)) ?? [])
    .flatMap((job): PlannedAccess[] => {
      const isAll = job.projects === 'all'
      const wanted =
        job.projects === 'all' ? [...names] : job.projects.flatMap((ref) => namedIn(own, resolveProject(plan, ref)))
      const anywhere = !isAll && job.projects.length === 0
      if (!isAll && !anywhere && wanted.length === 0) return []
      const everywhere = isAll || (names.size > 0 && wanted.length === names.size)
      const projects = new Map(wanted.map((name) => [name, job.level]))
      // Who is strong in some projects only is an ordinary member of the organization.
      const level = isPrivileged(job.level) && !isAll && !anywhere ? 'member' : job.level
      return [{ level, projects, everywhere: everywhere && isPrivileged(job.level), anywhere }]
    })
  return held.length === 0 ? null : held.reduce(union)
}

function namedIn(own: readonly PlannedProject[], project: PlannedProject | null): string[] {
  return project !== null && own.includes(project) ? [nameKey(project.name)] : []
}

function union(a: PlannedAccess, b: PlannedAccess): PlannedAccess {
  const projects = new Map(a.projects)
  for (const [name, level] of b.projects) projects.set(name, strongerLevel(projects.get(name) ?? level, level))
  return {
    level: strongerLevel(a.level, b.level),
    projects,
    everywhere: a.everywhere || b.everywhere,
    anywhere: a.anywhere && b.anywhere,
  }
}

/** Whether a role of the organization is what the plan means. */
export function isPlannedRole(provider: ProviderId, planned: PlannedAccess, actual: Level | null): boolean {
  if (actual === null) return false
  const wanted = roleFor(provider, 'organization', planned.level).level
  if (isPrivileged(wanted)) return isPrivileged(actual)
  if (isPrivileged(actual)) return planned.everywhere
  if (wanted === 'billing' || actual === 'billing') return wanted === actual
  // What an ordinary member of the organization may do in a project is said by the role in that project.
  return planned.projects.size > 0 || wanted === actual || (provider === 'openai' && actual !== 'other')
}

/** Whether a role in a project is what the plan means. */
export function isPlannedProjectRole(provider: ProviderId, planned: Level, actual: Level): boolean {
  const wanted = roleFor(provider, 'project', planned).level
  return isPrivileged(wanted) ? isPrivileged(actual) : wanted === actual
}

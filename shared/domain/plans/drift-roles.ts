import { providerFacts, providerName, type ProviderId } from '../providers/providers.ts'
import { isPrivileged, type Level, type RoleScope, strongerLevel } from '../role.ts'
import { nameKey } from '../text/names.ts'
import { resolveProject } from './project-ref.ts'
import type { Plan, PlannedJob, PlannedOrganization, PlannedProject } from './plan.ts'
import { getLevel } from '../providers/roles.ts'

/** The provider's role for a level of a plan. */
export interface ProviderRole {
  /** The provider's own word. */
  readonly raw: string
  /** The level of that word when it is read from the provider. */
  readonly level: Level
  /** Why it is not the level of the plan; null if it is. */
  readonly becomes: string | null
}

/** Levels that replace one that a provider does not have, nearest first; then the one of members. */
const INSTEAD: Readonly<Partial<Record<Level, Level>>> = { owner: 'admin', admin: 'owner', billing: 'reader' }

/** The role for a level, and what it becomes if the provider has no such level. */
export function roleFor(provider: ProviderId, scope: RoleScope, level: Level): ProviderRole {
  const { words } = providerFacts(provider).roles[scope]
  const raw = words[level] ?? words[INSTEAD[level] ?? 'member'] ?? words.member
  const readBack = getLevel(provider, scope, raw)
  const where = scope === 'organization' ? 'in an organization' : 'in a project'
  return {
    raw,
    level: readBack,
    becomes: readBack === level ? null : `${providerName(provider)} has no ${level} ${where}: it becomes ${raw}`,
  }
}

/** The role in words, with what it becomes. */
export function roleWords({ raw, becomes }: ProviderRole): string {
  return becomes === null ? raw : `${raw} (${becomes})`
}

/** The planned access of a person in one organization. */
export interface PlannedAccess {
  /** In the organization. */
  readonly level: Level
  /** Levels by name of the project, as names are compared. */
  readonly projects: ReadonlyMap<string, Level>
  /** True if every project of the organization is meant, so that a strong role of the organization may give it. */
  readonly everywhere: boolean
  /** The levels of jobs without a project. Such a job is done in some organization; the plan does not name it. */
  readonly looks: readonly Level[]
  /** Without any project, so that one of the organizations is enough. */
  readonly anywhere: boolean
}

/**
 * The access in one organization that the jobs of a person, by address, add up to; null if they have nothing to do with
 * it. A person with two jobs occurs in the plan twice and has the stronger of both in each place.
 */
export function plannedAccess(plan: Plan, email: string, organization: PlannedOrganization): PlannedAccess | null {
  const own = plan.projects.filter((project) => nameKey(project.organization) === nameKey(organization.name))
  const jobs = listJobs(plan).get(nameKey(email)) ?? []
  const looks = jobs.filter((job) => job.projects !== 'all' && job.projects.length === 0).map(({ level }) => level)
  const projects = new Map<string, Level>()
  const levels: Level[] = []
  let everywhere = false
  for (const job of jobs) {
    const isAll = job.projects === 'all'
    const names = job.projects === 'all' ? own.map(({ name }) => name) : meant(plan, own, job.projects)
    if (names.length === 0 && !isAll) continue
    for (const name of names.map(nameKey)) projects.set(name, strongerLevel(projects.get(name) ?? job.level, job.level))
    // A person who is strong in some projects only is an ordinary member of the organization.
    levels.push(isPrivileged(job.level) && !isAll ? 'member' : job.level)
    everywhere ||= isPrivileged(job.level) && (isAll || names.length === own.length)
  }
  const [first, ...more] = levels.length > 0 ? levels : looks
  if (first === undefined) return null
  return { level: more.reduce(strongerLevel, first), projects, everywhere, looks, anywhere: levels.length === 0 }
}

const held = new WeakMap<Plan, ReadonlyMap<string, readonly PlannedJob[]>>()

/** The jobs of all people, by address: calculated once for each plan, however many people it has. */
function listJobs(plan: Plan): ReadonlyMap<string, readonly PlannedJob[]> {
  const known = held.get(plan)
  if (known !== undefined) return known
  const byName = new Map(plan.jobs.map((job) => [nameKey(job.name), job]))
  const people = Map.groupBy(plan.people, (person) => nameKey(person.email))
  const jobs = new Map(
    [...people].map(([email, own]) => [email, own.flatMap((person) => byName.get(nameKey(person.job)) ?? [])]),
  )
  held.set(plan, jobs)
  return jobs
}

/** Names of the projects of one organization that a job refers to. */
function meant(plan: Plan, own: readonly PlannedProject[], refs: readonly string[]): string[] {
  return refs.flatMap((ref) => {
    const project = resolveProject(plan, ref)
    return project !== null && own.includes(project) ? [project.name] : []
  })
}

/** True if a role of the organization is the planned one. */
export function isPlannedRole(provider: ProviderId, planned: PlannedAccess, actual: Level | null): boolean {
  const { level, looks, projects, everywhere } = planned
  // If no role is reported, none is too strong.
  if (actual === null) return looks.length > 0 || !isPrivileged(level)
  if (looks.some((look) => fits(provider, look, actual))) return true
  if (isPrivileged(actual)) return everywhere || fits(provider, level, actual)
  // The permissions of an ordinary member of the organization in a project depend on the role in that project.
  const isOrdinary = projects.size > 0 && !isPrivileged(level) && actual !== 'billing'
  return isOrdinary || fits(provider, level, actual)
}

function fits(provider: ProviderId, planned: Level, actual: Level): boolean {
  const wanted = roleFor(provider, 'organization', planned).level
  return wanted === actual || (isPrivileged(wanted) && isPrivileged(actual)) || planned === actual
}

/** True if a role in a project is the planned one. */
export function isPlannedProjectRole(provider: ProviderId, planned: Level, actual: Level): boolean {
  const wanted = roleFor(provider, 'project', planned).level
  return isPrivileged(wanted) ? isPrivileged(actual) : wanted === actual
}

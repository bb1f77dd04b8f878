import type { Level } from '../role.ts'
import { difference, type Difference } from './drift-difference.ts'
import type { PlanBindings, RealOrganization, RealProject } from './drift-reality.ts'
import { plannedAccess } from './drift-roles.ts'
import { nameKey } from '../text/names.ts'
import { matchKeys, matchProjects } from './match.ts'
import type { Plan, PlannedOrganization, PlannedProject } from './plan.ts'

/** Planned projects of one organization and their matches. */
export interface MatchedProject {
  readonly planned: PlannedProject
  readonly real: RealProject | null
  /** True if another of a different name may be it: nothing is created until a person has decided. */
  readonly isAsked: boolean
}

type Where = Pick<Difference, 'organization' | 'connectionId'>

/** Projects and keys that differ from the plan. */
export function projectDrift(
  plan: Plan,
  organization: PlannedOrganization,
  real: RealOrganization,
  bindings: PlanBindings,
): { readonly projects: readonly MatchedProject[]; readonly found: readonly Difference[] } {
  const own = plan.projects.filter((project) => nameKey(project.organization) === nameKey(organization.name))
  const where: Where = { organization: organization.name, connectionId: real.connectionId }
  const { matches, extra } = matchProjects(own, real, bindings, getMembers(plan, organization))
  const isUnread = real.unread.includes('projects')
  const found = matches.flatMap(({ planned, real: project, maybe, wasNamed }) => {
    if (maybe !== null) return [asked(where, planned, maybe, wasNamed)]
    if (project === null)
      return isUnread
        ? []
        : [missing(where, planned), ...planned.keys.map((key) => missingKey(where, planned, key.name, null))]
    const named = nameKey(project.name) === nameKey(planned.name) ? [] : [renamed(where, planned, project)]
    return [...named, ...keyDrift(where, planned, project, real, bindings)]
  })
  return {
    projects: matches.map(({ planned, real: project, maybe }) => ({ planned, real: project, isAsked: maybe !== null })),
    found: [...found, ...extra.filter(isInUse).map((project) => extraProject(where, project))],
  }
}

/** The planned projects of people, by address. */
function getMembers(plan: Plan, organization: PlannedOrganization): ReadonlyMap<string, ReadonlyMap<string, Level>> {
  return new Map(
    plan.people.map(({ email }) => [nameKey(email), plannedAccess(plan, email, organization)?.projects ?? new Map()]),
  )
}

/** The default project of every organization counts only once it is used. */
function isInUse({ isDefault, keys, accounts }: RealProject): boolean {
  return !isDefault || keys.length + accounts.length > 0
}

function missing(where: Where, { name }: PlannedProject): Difference {
  return difference({
    ...where,
    kind: 'missing',
    part: 'project',
    project: name,
    name,
    planned: name,
    actual: null,
    says: `The project ${name} is planned but does not exist.`,
    subject: null,
    change: { kind: 'project', name },
  })
}

function extraProject(where: Where, { id, name }: RealProject): Difference {
  return difference({
    ...where,
    kind: 'extra',
    part: 'project',
    project: name,
    name,
    planned: null,
    actual: name,
    says: `The project ${name} exists but is not planned.`,
    subject: { kind: 'project', id },
    change: null,
  })
}

/** One that a person confirmed as the planned one. */
function renamed(where: Where, { name }: PlannedProject, { id, name: now }: RealProject): Difference {
  return otherName(where, name, {
    id,
    now,
    says: `The project ${name} is called ${now}.`,
    change: { kind: 'rename-project', projectId: id, name },
  })
}

/** One that no person has decided about yet: nothing is created or renamed before. */
function asked(where: Where, { name }: PlannedProject, { id, name: now }: RealProject, wasNamed: boolean): Difference {
  const says = wasNamed
    ? `The project ${now} was called ${name}, which is planned. Confirm whether it is the same.`
    : `The project ${now} looks like ${name}, which is planned. Confirm whether it is the same.`
  return otherName(where, name, { id, now, says, change: null })
}

function otherName(
  where: Where,
  name: string,
  { id, now, says, change }: Pick<Difference, 'says' | 'change'> & { readonly id: number; readonly now: string },
): Difference {
  return difference({
    ...where,
    kind: 'renamed',
    part: 'project',
    project: name,
    name,
    planned: name,
    actual: now,
    says,
    subject: { kind: 'project', id },
    change,
  })
}

function missingKey(
  where: Where,
  { name: project }: PlannedProject,
  name: string,
  accountId: number | null,
): Difference {
  return difference({
    ...where,
    kind: 'missing',
    part: 'key',
    project,
    name,
    planned: name,
    actual: null,
    says:
      accountId === null
        ? `The key ${name} is planned in ${project} but does not exist.`
        : `The service account ${name} is in ${project}, without a key.`,
    subject: accountId === null ? null : { kind: 'principal', id: accountId },
    change: { kind: 'key', name, project, accountId },
  })
}

function keyDrift(
  where: Where,
  planned: PlannedProject,
  project: RealProject,
  organization: RealOrganization,
  bindings: PlanBindings,
): Difference[] {
  const { matches, unexplained } = matchKeys(planned, project, bindings)
  const isUnread = organization.unread.includes('keys')
  const wanting = matches.flatMap(({ planned: key, real, account, maybe }) => {
    if (maybe !== null) return [renamedKey(where, planned, key.name, maybe.name, maybe.id)]
    if (real.length > 0 || isUnread) return []
    return [missingKey(where, planned, key.name, account?.id ?? null)]
  })
  return [
    ...wanting,
    ...unexplained.map(({ id, name }) =>
      difference({
        ...where,
        kind: 'key',
        part: 'key',
        project: planned.name,
        name,
        planned: null,
        actual: name,
        says: `No purpose of the plan explains the key ${name} in ${planned.name}.`,
        subject: { kind: 'key', id },
        change: null,
      }),
    ),
  ]
}

function renamedKey(
  where: Where,
  { name: project }: PlannedProject,
  name: string,
  now: string,
  id: number,
): Difference {
  return difference({
    ...where,
    kind: 'renamed',
    part: 'key',
    project,
    name,
    planned: name,
    actual: now,
    says: `The key ${now} in ${project} has the purpose of ${name}, which is planned. Confirm whether it is the same.`,
    subject: { kind: 'key', id },
    change: null,
  })
}

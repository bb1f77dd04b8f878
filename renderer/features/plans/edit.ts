import { DEFAULT_PROVIDER } from '../../../shared/domain/providers/providers.ts'
import { nameKey, sameName } from '../../../shared/domain/text/names.ts'
import type {
  Plan,
  PlannedJob,
  PlannedKey,
  PlannedOrganization,
  PlannedPerson,
  PlannedProject,
  PlannedTeam,
} from '../../../shared/domain/plans/plan.ts'

/** Makes the wanted name unique in a list. */
export function freeName(taken: readonly string[], wanted: string): string {
  const keys = new Set(taken.map(nameKey))
  let name = wanted
  for (let n = 2; keys.has(nameKey(name)); n += 1) name = `${wanted} ${n}`
  return name
}

function changedAt<T>(list: readonly T[], at: number, change: Partial<T>): readonly T[] {
  return list.map((one, index) => (index === at ? { ...one, ...change } : one))
}

function without<T>(list: readonly T[], at: number): readonly T[] {
  return list.filter((_, index) => index !== at)
}

export function addOrganization(plan: Plan): Plan {
  const name = freeName(
    plan.organizations.map((one) => one.name),
    'New organization',
  )
  const provider = plan.organizations[0]?.provider ?? DEFAULT_PROVIDER
  return { ...plan, organizations: [...plan.organizations, { name, provider, reason: null, limit: null }] }
}

/** Changes an organization; its projects follow its name. */
export function changeOrganization(plan: Plan, at: number, change: Partial<PlannedOrganization>): Plan {
  const before = plan.organizations[at]
  if (before === undefined) return plan
  const { name } = change
  return {
    ...plan,
    organizations: changedAt(plan.organizations, at, change),
    projects:
      name === undefined
        ? plan.projects
        : plan.projects.map((project) =>
            sameName(project.organization, before.name) ? { ...project, organization: name } : project,
          ),
  }
}

/** Removes an organization with its projects. */
export function removeOrganization(plan: Plan, at: number): Plan {
  const removed = plan.organizations[at]
  if (removed === undefined) return plan
  const inside = plan.projects.filter((project) => sameName(project.organization, removed.name))
  return inside.reduce((left, project) => removeProject(left, left.projects.indexOf(project)), {
    ...plan,
    organizations: without(plan.organizations, at),
  })
}

export function addTeam(plan: Plan): Plan {
  const name = freeName(
    plan.teams.map((one) => one.name),
    'New team',
  )
  return { ...plan, teams: [...plan.teams, { name, lead: null }] }
}

/** Changes a team; its projects follow its name. */
export function changeTeam(plan: Plan, at: number, change: Partial<PlannedTeam>): Plan {
  const before = plan.teams[at]
  if (before === undefined) return plan
  const { name } = change
  return {
    ...plan,
    teams: changedAt(plan.teams, at, change),
    projects:
      name === undefined
        ? plan.projects
        : plan.projects.map((project) =>
            project.team !== null && sameName(project.team, before.name) ? { ...project, team: name } : project,
          ),
  }
}

/** Removes a team; its projects stay, without a team. */
export function removeTeam(plan: Plan, at: number): Plan {
  const removed = plan.teams[at]
  if (removed === undefined) return plan
  return {
    ...plan,
    teams: without(plan.teams, at),
    projects: plan.projects.map((project) =>
      project.team !== null && sameName(project.team, removed.name) ? { ...project, team: null } : project,
    ),
  }
}

/** Sets the environments of a plan; removed ones are removed from projects and keys too. */
export function setEnvironments(plan: Plan, environments: readonly string[]): Plan {
  const stays = (name: string): boolean => environments.some((one) => sameName(one, name))
  return {
    ...plan,
    environments,
    projects: plan.projects.map((project) => ({
      ...project,
      environments: project.environments.filter(stays),
      keys: project.keys.map((key) =>
        key.environment === null || stays(key.environment) ? key : { ...key, environment: null },
      ),
    })),
  }
}

export function addProject(plan: Plan, organization: string, team: string | null): Plan {
  const name = freeName(
    plan.projects.map((one) => one.name),
    'New project',
  )
  const project = { name, organization, team, application: null, environments: [], limit: null, keys: [] }
  return { ...plan, projects: [...plan.projects, project] }
}

/** Changes a project; jobs that name it follow its name. */
export function changeProject(plan: Plan, at: number, change: Partial<PlannedProject>): Plan {
  const before = plan.projects[at]
  if (before === undefined) return plan
  const { name } = change
  return {
    ...plan,
    projects: changedAt(plan.projects, at, change),
    jobs:
      name === undefined
        ? plan.jobs
        : onJobs(plan.jobs, (projects) => projects.map((one) => (sameName(one, before.name) ? name : one))),
  }
}

export function removeProject(plan: Plan, at: number): Plan {
  const removed = plan.projects[at]
  if (removed === undefined) return plan
  return {
    ...plan,
    projects: without(plan.projects, at),
    jobs: onJobs(plan.jobs, (projects) => projects.filter((one) => !sameName(one, removed.name))),
  }
}

function onJobs(jobs: Plan['jobs'], change: (projects: readonly string[]) => readonly string[]): Plan['jobs'] {
  return jobs.map((job) => (job.projects === 'all' ? job : { ...job, projects: change(job.projects) }))
}

export function addKey(plan: Plan, project: number): Plan {
  const of = plan.projects[project]
  if (of === undefined) return plan
  const name = freeName(
    plan.projects.flatMap(({ keys }) => keys.map((key) => key.name)),
    'new-key',
  )
  const key = { name, environment: of.environments[0] ?? null, purpose: '', rotationDays: null }
  return changeProject(plan, project, { keys: [...of.keys, key] })
}

export function changeKey(plan: Plan, project: number, at: number, change: Partial<PlannedKey>): Plan {
  const of = plan.projects[project]
  return of === undefined ? plan : changeProject(plan, project, { keys: changedAt(of.keys, at, change) })
}

export function removeKey(plan: Plan, project: number, at: number): Plan {
  const of = plan.projects[project]
  return of === undefined ? plan : changeProject(plan, project, { keys: without(of.keys, at) })
}

/** Moves a key to the end of another project's keys. */
export function moveKey(plan: Plan, from: number, at: number, to: number): Plan {
  const key = plan.projects[from]?.keys[at]
  const target = plan.projects[to]
  if (key === undefined || target === undefined || from === to) return plan
  return changeProject(removeKey(plan, from, at), to, { keys: [...target.keys, key] })
}

export function addJob(plan: Plan): Plan {
  const name = freeName(
    plan.jobs.map((one) => one.name),
    'New job',
  )
  return { ...plan, jobs: [...plan.jobs, { name, level: 'member', projects: [], note: null }] }
}

/** Changes a job; the people who have it follow its name. */
export function changeJob(plan: Plan, at: number, change: Partial<PlannedJob>): Plan {
  const before = plan.jobs[at]
  if (before === undefined) return plan
  const { name } = change
  return {
    ...plan,
    jobs: changedAt(plan.jobs, at, change),
    people:
      name === undefined
        ? plan.people
        : plan.people.map((person) => (sameName(person.job, before.name) ? { ...person, job: name } : person)),
  }
}

export function removeJob(plan: Plan, at: number): Plan {
  return { ...plan, jobs: without(plan.jobs, at) }
}

export function addPerson(plan: Plan): Plan {
  return { ...plan, people: [...plan.people, { name: '', email: '', job: plan.jobs[0]?.name ?? '' }] }
}

export function changePerson(plan: Plan, at: number, change: Partial<PlannedPerson>): Plan {
  return { ...plan, people: changedAt(plan.people, at, change) }
}

export function removePerson(plan: Plan, at: number): Plan {
  return { ...plan, people: without(plan.people, at) }
}

import { emailKey } from '../../email.ts'
import { providerFacts, type ProviderId } from '../../provider.ts'
import { impliedProjectRole, roleWords } from '../../role.ts'
import { nameKey, resolveProject, sameName } from '../names.ts'
import type { Plan, PlannedException, PlannedJob } from '../plan.ts'
import type { PlanProblem } from '../problem.ts'
import { rolesAt } from '../roles.ts'
import { nameProblems, unknownHint } from './names.ts'

/** Problems of jobs, and of the people who have them. */
export function accessProblems(plan: Plan): PlanProblem[] {
  return [
    ...nameProblems(
      'job',
      plan.jobs.map(({ name }, at) => ({ path: `jobs[${at}].name`, name })),
    ),
    ...plan.jobs.flatMap((job, at) => jobProblems(plan, job, `jobs[${at}]`)),
    ...peopleProblems(plan),
  ]
}

function jobProblems(plan: Plan, job: PlannedJob, path: string): PlanProblem[] {
  const problems: PlanProblem[] = []
  if (job.level === 'other') {
    problems.push({
      path: `${path}.level`,
      severity: 'error',
      says: `“other” is no level that can be given to “${job.name}”.`,
      hint: 'Use owner, admin, member, billing or reader; a role of the provider’s own is written as an exception.',
    })
  }
  if (job.projects !== 'all') {
    for (const [at, ref] of job.projects.entries()) {
      problems.push(...projectProblem(plan, ref, `${path}.projects[${at}]`))
      if (job.projects.slice(0, at).some((other) => sameName(other, ref))) {
        problems.push({
          path: `${path}.projects[${at}]`,
          severity: 'error',
          says: `“${ref}” is listed twice for “${job.name}”.`,
          hint: 'Take one out.',
        })
      }
    }
    if (job.level === 'member' && job.projects.length === 0 && (job.exceptions ?? []).length === 0) {
      problems.push({
        path: `${path}.projects`,
        severity: 'warning',
        says: `“${job.name}” is a member of no project, and can use nothing.`,
        hint: 'List its projects, or make it a reader.',
      })
    }
  }
  problems.push(...becomes(plan, job, path))
  for (const [at, exception] of (job.exceptions ?? []).entries()) {
    problems.push(...exceptionProblems(plan, exception, `${path}.exceptions[${at}]`))
  }
  return problems
}

function projectProblem(plan: Plan, ref: string, path: string): PlanProblem[] {
  if (resolveProject(plan, ref) !== null) return []
  const alike = plan.projects.filter(({ name }) => sameName(name, ref))
  const ways = alike.map(({ organization, name }) => `“${organization} / ${name}”`)
  return [
    alike.length > 1
      ? {
          path,
          severity: 'error',
          says: `Several projects are called “${ref}”.`,
          hint: `Say which: ${ways.join(' or ')}.`,
        }
      : {
          path,
          severity: 'error',
          says: `There is no project “${ref}” in the plan.`,
          hint: unknownHint(
            ref,
            plan.projects.map(({ name }) => name),
          ),
        },
  ]
}

/** What a level turns into where the provider has no such role, or one that reaches further than the job. */
function becomes(plan: Plan, job: PlannedJob, path: string): PlanProblem[] {
  const providers = [...new Set(plan.organizations.map(({ provider }) => provider))]
  return providers.flatMap((provider): PlanProblem[] => {
    const roles = rolesAt(provider, job.level)
    if (roles === null) return []
    const widens = job.projects !== 'all' && impliedProjectRole(provider, roles.organization) !== null
    // A reader with a place in projects is what a member is: that is the provider's way, and takes nobody by surprise.
    const surprises = roles.becomes !== null && job.level === 'admin'
    const more =
      job.projects !== 'all' && widens && job.level !== 'billing' ? reachOf(provider, roles.organization) : null
    const says = [surprises ? roles.becomes : null, more].filter((part) => part !== null)
    return says.length === 0
      ? []
      : [
          {
            path: `${path}.${surprises ? 'level' : 'projects'}`,
            severity: 'warning',
            says: says.join(' '),
            hint: 'Make sure that this is meant, or make it a member of the projects.',
          },
        ]
  })
}

function reachOf(provider: ProviderId, role: string): string {
  const { name, projectWord } = providerFacts(provider)
  return `Who is ${role} of an organization at ${name} reaches every ${projectWord} of it.`
}

function exceptionProblems(plan: Plan, exception: PlannedException, path: string): PlanProblem[] {
  const organization = plan.organizations.find(({ name }) => sameName(name, exception.organization))
  if (organization === undefined) {
    const hint = unknownHint(
      exception.organization,
      plan.organizations.map(({ name }) => name),
    )
    return [
      {
        path: `${path}.organization`,
        severity: 'error',
        says: `There is no organization “${exception.organization}” in the plan.`,
        hint,
      },
    ]
  }
  const own = plan.projects.filter((project) => sameName(project.organization, organization.name))
  const { project, role } = exception
  if (project !== null && !own.some(({ name }) => sameName(name, project))) {
    const hint = unknownHint(
      project,
      own.map(({ name }) => name),
    )
    return [
      {
        path: `${path}.project`,
        severity: 'error',
        says: `There is no project “${project}” in “${organization.name}”.`,
        hint,
      },
    ]
  }
  const known = roleWords(organization.provider, project === null ? 'organization' : 'project')
  if (role === null || known.length === 0 || known.includes(role)) return []
  return [
    {
      path: `${path}.role`,
      severity: 'warning',
      says: `${providerFacts(organization.provider).name} is not known to have a role “${role}” there.`,
      hint: `It has ${known.join(', ')}; a role that was made there may have any name.`,
    },
  ]
}

function peopleProblems(plan: Plan): PlanProblem[] {
  const first = new Map<string, string>()
  const jobs = new Set(plan.jobs.map(({ name }) => nameKey(name)))
  return plan.people.flatMap(({ name, email, job }, at): PlanProblem[] => {
    const path = `people[${at}]`
    const problems: PlanProblem[] = []
    const key = emailKey(email)
    const before = key === null ? undefined : first.get(key)
    if (key === null) {
      problems.push({
        path: `${path}.email`,
        severity: 'error',
        says: `“${email}” of ${name === '' ? 'this person' : `“${name}”`} is no e-mail address.`,
        hint: 'Write it as name@company.example: providers know people by it.',
      })
    } else if (before === undefined) first.set(key, path)
    else {
      problems.push({
        path: `${path}.email`,
        severity: 'error',
        says: `${email} is in the plan twice (${before}).`,
        hint: 'Keep one of them, with the job that holds for both.',
      })
    }
    if (!jobs.has(nameKey(job))) {
      problems.push({
        path: `${path}.job`,
        severity: 'error',
        says: `There is no job “${job}” in the plan.`,
        hint: unknownHint(
          job,
          plan.jobs.map((one) => one.name),
        ),
      })
    }
    return problems
  })
}

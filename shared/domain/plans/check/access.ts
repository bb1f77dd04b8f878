import { emailKey } from '../../email.ts'
import { nameKey, sameName } from '../../text/names.ts'
import { resolveProject } from '../project-ref.ts'
import type { Plan, PlannedJob } from '../plan.ts'
import type { PlanProblem } from '../problem.ts'
import { roleFor } from '../drift-roles.ts'
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
      severity: 'warning',
      says: `“${job.name}” has a level that providers do not have a role for.`,
      hint: 'Use owner, admin, member, billing or reader, where one of them fits.',
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
          hint: 'Remove one.',
        })
      }
    }
    if (job.level === 'member' && job.projects.length === 0) {
      problems.push({
        path: `${path}.projects`,
        severity: 'warning',
        says: `“${job.name}” is a member of no project, and can use nothing.`,
        hint: 'List its projects, or make it a reader.',
      })
    }
  }
  problems.push(...becomes(plan, job, path))
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
          hint: `Specify which: ${ways.join(' or ')}.`,
        }
      : {
          path,
          severity: 'error',
          says: `The plan has no project “${ref}”.`,
          hint: unknownHint(
            ref,
            plan.projects.map(({ name }) => name),
          ),
        },
  ]
}

/** A warning if the provider does not have such a role, and a stronger one would be given. */
function becomes(plan: Plan, job: PlannedJob, path: string): PlanProblem[] {
  // A reader in projects has the role of a member: that is how the provider works, and not worth a warning.
  if (job.level !== 'admin' || job.projects !== 'all') return []
  const providers = [...new Set(plan.organizations.map(({ provider }) => provider))]
  return providers.flatMap((provider): PlanProblem[] => {
    const { becomes: sentence } = roleFor(provider, 'organization', job.level)
    if (sentence === null) return []
    const says = `${sentence}.`
    const hint = 'Make sure that this is intended, or make it an admin or a member of the projects it needs.'
    return [{ path: `${path}.level`, severity: 'warning', says, hint }]
  })
}

function peopleProblems(plan: Plan): PlanProblem[] {
  const first = new Map<string, string>()
  const jobs = new Set(plan.jobs.map(({ name }) => nameKey(name)))
  return plan.people.flatMap(({ name, email, job }, at): PlanProblem[] => {
    const path = `people[${at}]`
    const problems: PlanProblem[] = []
    const key = emailKey(email)
    const held = key === null ? null : `${key} ${nameKey(job)}`
    const before = held === null ? undefined : first.get(held)
    if (held === null) {
      problems.push({
        path: `${path}.email`,
        severity: 'error',
        says: `“${email}” of ${name === '' ? 'this person' : `“${name}”`} is not a valid e-mail address.`,
        hint: 'Write it as name@company.example: providers identify people by it.',
      })
    } else if (before === undefined) first.set(held, path)
    else {
      problems.push({
        path: `${path}.email`,
        severity: 'error',
        says: `${email} has the job “${job}” twice (${before}).`,
        hint: 'Remove one.',
      })
    }
    if (!jobs.has(nameKey(job))) {
      problems.push({
        path: `${path}.job`,
        severity: 'error',
        says: `The plan has no job “${job}”.`,
        hint: unknownHint(
          job,
          plan.jobs.map((one) => one.name),
        ),
      })
    }
    return problems
  })
}

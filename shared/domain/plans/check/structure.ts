import { counted } from '../../counted.ts'
import { environmentWord, parseKeyName } from '../../naming.ts'
import type { ProviderFacts } from '../../providers/facts.ts'
import { providerFacts } from '../../providers/providers.ts'
import { isWholeCents } from '../../text/money.ts'
import { nameKey, sameName } from '../../text/names.ts'
import type { Plan, PlannedKey, PlannedLimit, PlannedProject } from '../plan.ts'
import type { PlanProblem } from '../problem.ts'
import { nameProblems, unknownHint } from './names.ts'

/** Problems of organizations, teams, environments, projects, keys and limits. */
export function structureProblems(plan: Plan): PlanProblem[] {
  const named = (list: string, items: readonly { readonly name: string }[]) =>
    items.map(({ name }, at) => ({ path: `${list}[${at}].name`, name }))
  return [
    ...(plan.organizations.length === 0 ? [NO_ORGANIZATION] : []),
    ...nameProblems('organization', named('organizations', plan.organizations)),
    ...plan.organizations.flatMap(({ limit, name }, at) => limitProblems(limit, name, `organizations[${at}].limit`)),
    ...tooMany(plan),
    ...nameProblems('team', named('teams', plan.teams)),
    ...nameProblems(
      'environment',
      plan.environments.map((name, at) => ({ path: `environments[${at}]`, name })),
    ),
    ...projectNames(plan),
    ...plan.projects.flatMap((project, at) => projectProblems(plan, project, `projects[${at}]`)),
  ]
}

const NO_ORGANIZATION: PlanProblem = {
  path: 'organizations',
  severity: 'error',
  says: 'The plan has no organization.',
  hint: 'Add one, with its provider: it contains projects and people.',
}

function tooMany(plan: Plan): PlanProblem[] {
  return plan.organizations.flatMap(({ name, provider }, at): PlanProblem[] => {
    const facts = providerFacts(provider)
    const most = facts.mostProjects ?? Infinity
    const count = plan.projects.filter((project) => sameName(project.organization, name)).length
    if (count <= most) return []
    return [
      {
        path: `organizations[${at}]`,
        severity: 'warning',
        says: `“${name}” has ${count} ${facts.projectWord}s; ${facts.name} allows ${most} unless the vendor raises it.`,
        hint: 'Ask the vendor to raise it before you apply this plan, or divide it.',
      },
    ]
  })
}

function projectNames(plan: Plan): PlanProblem[] {
  const byOrganization = Map.groupBy(
    plan.projects.map((project, at) => ({ path: `projects[${at}].name`, ...project })),
    ({ organization }) => nameKey(organization),
  )
  return [...byOrganization.values()].flatMap((projects) => nameProblems('project', projects))
}

function projectProblems(plan: Plan, project: PlannedProject, path: string): PlanProblem[] {
  const organization = plan.organizations.find(({ name }) => sameName(name, project.organization))
  const { team } = project
  return [
    ...reference(
      'organization',
      project.organization,
      plan.organizations.map(({ name }) => name),
      `${path}.organization`,
    ),
    ...(team === null
      ? []
      : reference(
          'team',
          team,
          plan.teams.map(({ name }) => name),
          `${path}.team`,
        )),
    ...project.environments.flatMap((name, at) =>
      reference('environment', name, plan.environments, `${path}.environments[${at}]`),
    ),
    ...limitProblems(project.limit, project.name, `${path}.limit`),
    ...(organization === undefined || project.keys.length === 0
      ? []
      : defaultProject(project.name, providerFacts(organization.provider), `${path}.keys`)),
    ...nameProblems(
      'key',
      project.keys.map(({ name }, at) => ({ path: `${path}.keys[${at}].name`, name })),
    ),
    ...project.keys.flatMap((key, at) => keyProblems(plan, project, key, `${path}.keys[${at}]`)),
  ]
}

function defaultProject(project: string, facts: ProviderFacts, path: string): PlanProblem[] {
  const { defaultProjectName, defaultProjectTakesAccounts, name } = facts
  if (defaultProjectTakesAccounts || defaultProjectName === null || !sameName(project, defaultProjectName)) return []
  const says = `The default project of an ${name} organization cannot have service accounts.`
  return [{ path, severity: 'warning', says, hint: 'Move its keys to a project of their own.' }]
}

function reference(what: string, name: string, known: readonly string[], path: string): PlanProblem[] {
  if (known.some((one) => sameName(one, name))) return []
  return [{ path, severity: 'error', says: `The plan has no ${what} “${name}”.`, hint: unknownHint(name, known) }]
}

function keyProblems(plan: Plan, project: PlannedProject, key: PlannedKey, path: string): PlanProblem[] {
  const { environment, rotationDays } = key
  const problems =
    environment === null ? [] : reference('environment', environment, plan.environments, `${path}.environment`)
  if (
    problems.length === 0 &&
    environment !== null &&
    !project.environments.some((one) => sameName(one, environment))
  ) {
    problems.push({
      path: `${path}.environment`,
      severity: 'warning',
      says: `“${key.name}” is for ${environment}, and its project “${project.name}” is not.`,
      hint: `Move the key, or add ${environment} to the environments of the project.`,
    })
  }
  if (key.purpose.trim() === '') {
    problems.push({
      path: `${path}.purpose`,
      severity: 'warning',
      says: `“${key.name}” has no purpose.`,
      hint: 'Enter one: without a purpose it is not clear later whether the key can be deleted.',
    })
  }
  if (rotationDays !== null && (rotationDays < 1 || rotationDays > 3650)) {
    problems.push({
      path: `${path}.rotationDays`,
      severity: 'error',
      says: `A rotation interval of ${counted(rotationDays, 'day')} is not possible.`,
      hint: 'Use 1 to 3650 days, or leave it out: then the policy applies.',
    })
  }
  return [...problems, ...conventionProblems(plan, key, path)]
}

function conventionProblems(plan: Plan, { name, environment }: PlannedKey, path: string): PlanProblem[] {
  if (name.trim() === '') return []
  const parts = parseKeyName(name, plan.naming.pattern)
  if (parts === null) {
    return [
      {
        path: `${path}.name`,
        severity: 'warning',
        says: `“${name}” does not follow the convention ${plan.naming.pattern}.`,
        hint: 'Rename it, or give a reason for the exception.',
      },
    ]
  }
  if (parts.environment === null || environment === null) return []
  return parts.environment === environmentWord(environment)
    ? []
    : [
        {
          path: `${path}.name`,
          severity: 'warning',
          says: `“${name}” reads as a key for ${parts.environment}, and is planned for ${environment}.`,
          hint: 'Make name and environment agree.',
        },
      ]
}

/** The problems of the limit of the organization or project with a name. */
function limitProblems(limit: PlannedLimit | null, of: string, path: string): PlanProblem[] {
  if (limit === null) return []
  const { amount, thresholds } = limit
  const problems: PlanProblem[] = []
  if (!Number.isInteger(amount) || amount <= 0 || !isWholeCents(amount)) {
    problems.push({
      path: `${path}.amount`,
      severity: 'error',
      says: `The limit of “${of}” has to be more than zero, and in whole cents.`,
      hint: 'Write it as 500 or 99.50.',
    })
  }
  if (thresholds.some((one) => !Number.isInteger(one) || one < 1 || one > 1000)) {
    problems.push({
      path: `${path}.thresholds`,
      severity: 'error',
      says: `The thresholds of “${of}” have to be whole per cents from 1 to 1000.`,
      hint: 'Write them as 50, 80, 95, 100.',
    })
  } else if (thresholds.some((one, at) => at > 0 && one <= (thresholds[at - 1] ?? 0))) {
    problems.push({
      path: `${path}.thresholds`,
      severity: 'error',
      says: `The thresholds of “${of}” do not rise.`,
      hint: 'Put the smallest first, each once.',
    })
  } else if (thresholds.length === 0) {
    problems.push({
      path: `${path}.thresholds`,
      severity: 'warning',
      says: `The limit of “${of}” has no alert before it is reached.`,
      hint: 'Enter thresholds, such as 50, 80, 95, 100.',
    })
  }
  return problems
}

import { parseKeyName } from '../naming.ts'
import type { Policy } from '../policy.ts'
import { adoptedPeople } from './adopt-people.ts'
import type { PlanOrigin } from './adopted.ts'
import type { RealKey, RealLimit, RealOrganization, RealProject } from './drift-reality.ts'
import { distinct, nameKey } from '../text/names.ts'
import type { Plan, PlannedKey, PlannedLimit, PlannedOrganization, PlannedProject } from './plan.ts'
import { STANDARD_ATTRIBUTION } from './standard.ts'

export interface Adopting {
  /** Of the company. */
  readonly name: string
  readonly reality: readonly RealOrganization[]
  readonly policy: Policy
}

/**
 * The plan of the current state, so that drift begins at zero: projects, keys by their purpose, limits, and people with
 * the jobs that match their roles. If a name that has to be unique in a plan occurs twice, it gets a number, and drift
 * then reports the difference. People without an address cannot be planned, since a plan identifies people by their
 * address.
 */
export function adoptPlan({ name, reality, policy }: Adopting): Plan {
  const organizations = distinct(reality, ({ label }) => label).map(
    ([real, own]): PlanOrigin<PlannedOrganization, RealOrganization> => ({
      real,
      planned: { name: own, provider: real.provider, reason: null, limit: findLimit(real.limits) },
    }),
  )
  const pattern = policy.keyNamePattern
  const projects = organizations.flatMap(({ planned, real }) =>
    distinct(real.projects.filter(isInUse), (project) => project.name).map(([project, own]) => ({
      real: project,
      planned: getProject(project, { name: own, organization: planned.name, pattern }),
    })),
  )
  const plannedProjects = projects.map(({ planned }) => planned)
  const keys = plannedProjects.flatMap((project) => project.keys)
  return {
    name,
    organizations: organizations.map(({ planned }) => planned),
    teams: words(plannedProjects.map(({ team }) => team)).map((team) => ({ name: team, lead: null })),
    environments: words(keys.map(({ environment }) => environment)),
    projects: plannedProjects,
    ...adoptedPeople(organizations, projects),
    naming: {
      pattern,
      examples: keys
        .map((key) => key.name)
        .filter((one) => parseKeyName(one, pattern))
        .slice(0, 4),
    },
    reviews: [
      { about: 'departed', months: 0 },
      { about: 'roles', months: policy.reviewRolesMonths },
      { about: 'keys', months: policy.reviewKeysMonths },
      { about: 'projects', months: policy.reviewMembershipMonths },
      { about: 'admins', months: policy.reviewAdminsMonths },
    ],
    attribution: STANDARD_ATTRIBUTION,
    choices: [],
  }
}

/** The default project of an organization is planned once it is used. */
function isInUse({ isDefault, keys, accounts }: RealProject): boolean {
  return !isDefault || keys.length + accounts.length > 0
}

function getProject(
  real: RealProject,
  { pattern, ...own }: { readonly name: string; readonly organization: string; readonly pattern: string },
): PlannedProject {
  const keys = listKeys(real.keys)
  const teams = words(keys.map(({ name }) => parseKeyName(name, pattern)?.team ?? null))
  return {
    ...own,
    team: teams.length === 1 ? (teams[0] ?? null) : null,
    application: null,
    environments: words(keys.map(({ environment }) => environment)),
    limit: findLimit(real.limits),
    keys,
  }
}

/** One for each purpose: versions of a key that exist side by side during rotation are one. */
function listKeys(real: readonly RealKey[]): PlannedKey[] {
  const planned: PlannedKey[] = []
  let left = real
  for (let first = left[0]; first !== undefined; first = left[0]) {
    const { environment, purpose, logicalName } = first
    planned.push({ name: logicalName.trim(), environment, purpose: purpose ?? '', rotationDays: null })
    const key = nameKey(logicalName)
    left = left.filter((one) => nameKey(one.logicalName) !== key && nameKey(one.name) !== key)
  }
  return planned
}

const CENT = 10_000

/** A hard limit with the alerts that are whole per cents of it; else the highest alert with those below it. */
function findLimit(limits: readonly RealLimit[]): PlannedLimit | null {
  const hard = limits.find(({ enforcement }) => enforcement === 'hard')
  const alerts = limits.filter(({ enforcement }) => enforcement === 'alert').map(({ amount }) => amount)
  const amount = hard?.amount ?? Math.max(0, ...alerts)
  if (amount <= 0) return null
  const percents = alerts.flatMap((alert) => {
    const percent = Math.round((alert / amount) * 100)
    const isWhole = Math.round((amount / CENT) * (percent / 100)) * CENT === alert
    return isWhole && percent >= 1 && percent <= 1000 ? [percent] : []
  })
  const thresholds = [...new Set(percents)].toSorted((a, b) => a - b)
  return { amount, enforcement: hard === undefined ? 'alert' : 'hard', thresholds }
}

/** The words that are not null, each once, in their order. */
function words(of: readonly (string | null)[]): string[] {
  const seen = new Map<string, string>()
  for (const word of of) {
    if (word !== null && word.trim() !== '' && !seen.has(nameKey(word))) seen.set(nameKey(word), word.trim())
  }
  return [...seen.values()]
}

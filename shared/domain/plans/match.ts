import type { Level } from '../role.ts'
import type { PlanBindings, RealKey, RealOrganization, RealProject } from './drift-reality.ts'
import { nameKey } from '../text/names.ts'
import type { Plan, PlannedKey, PlannedOrganization, PlannedProject } from './plan.ts'
import { environmentWord } from '../naming.ts'

/** `said`: a person decided it. `only`: it is the only one of its provider on both sides. */
export const MATCHED_BY = ['said', 'name', 'only'] as const

/** Which connection a planned organization is, and how that is known. */
export interface OrganizationMatch {
  readonly planned: PlannedOrganization | null
  readonly real: RealOrganization | null
  readonly by: (typeof MATCHED_BY)[number] | null
}

/** In the order of the plan, then the organizations without a match. */
export function matchOrganizations(
  plan: Plan,
  reality: readonly RealOrganization[],
  { organizations: said }: PlanBindings,
): OrganizationMatch[] {
  const left = new Set(reality)
  const found = new Map<PlannedOrganization, OrganizationMatch>()
  const take = (
    planned: PlannedOrganization,
    real: RealOrganization | undefined,
    by: OrganizationMatch['by'],
  ): void => {
    if (real === undefined) return
    left.delete(real)
    found.set(planned, { planned, real, by })
  }
  for (const planned of plan.organizations) {
    const id = said.get(nameKey(planned.name))
    take(
      planned,
      [...left].find((real) => real.connectionId === id),
      'said',
    )
  }
  for (const planned of open(plan, found)) {
    const fits = [...left].filter(
      ({ provider, names }) =>
        provider === planned.provider && names.some((name) => nameKey(name) === nameKey(planned.name)),
    )
    take(planned, fits.length === 1 ? fits[0] : undefined, 'name')
  }
  for (const planned of open(plan, found)) {
    const rivals = open(plan, found).filter(({ provider }) => provider === planned.provider)
    const fits = [...left].filter(({ provider }) => provider === planned.provider)
    take(planned, rivals.length === 1 && fits.length === 1 ? fits[0] : undefined, 'only')
  }
  return [
    ...plan.organizations.map((planned) => found.get(planned) ?? { planned, real: null, by: null }),
    ...[...left].map((real) => ({ planned: null, real, by: null })),
  ]
}

function open(plan: Plan, found: ReadonlyMap<PlannedOrganization, OrganizationMatch>): PlannedOrganization[] {
  return plan.organizations.filter((planned) => !found.has(planned))
}

export interface ProjectMatch {
  readonly planned: PlannedProject
  readonly real: RealProject | null
  /** The one that may be it under another name, if no person has decided yet. */
  readonly maybe: RealProject | null
  /** True if `maybe` had the planned name before, under its current id. */
  readonly wasNamed: boolean
}

/** Projects of one organization, in the order of the plan, and what is not planned. */
export function matchProjects(
  own: readonly PlannedProject[],
  real: RealOrganization,
  { renames }: PlanBindings,
  people: ReadonlyMap<string, ReadonlyMap<string, Level>>,
): { readonly matches: readonly ProjectMatch[]; readonly extra: readonly RealProject[] } {
  const left = new Set(real.projects)
  const found = new Map<PlannedProject, RealProject>()
  const take = (planned: PlannedProject, project: RealProject | undefined): void => {
    if (project === undefined) return
    left.delete(project)
    found.set(planned, project)
  }
  for (const planned of own)
    take(
      planned,
      [...left].find(({ name }) => nameKey(name) === nameKey(planned.name)),
    )
  const asked = renames.filter(({ part }) => part === 'project')
  const answer = (planned: PlannedProject, { id }: RealProject): boolean | null =>
    asked.find((one) => one.subjectId === id && nameKey(one.planned) === nameKey(planned.name))?.same ?? null
  for (const planned of own) {
    if (!found.has(planned))
      take(
        planned,
        [...left].find((project) => answer(planned, project) === true),
      )
  }
  const maybe = new Map<PlannedProject, RealProject>()
  /** Asks about pairs that match each other and nothing else; each project is asked about once. */
  const ask = (isLike: (planned: PlannedProject, project: RealProject) => boolean): PlannedProject[] => {
    const missing = own.filter((planned) => !found.has(planned) && !maybe.has(planned))
    const fits = (planned: PlannedProject): RealProject[] =>
      [...left].filter((project) => answer(planned, project) !== false && isLike(planned, project))
    const asking = missing.flatMap((planned) => {
      const [only, ...others] = fits(planned)
      const rivals = missing.filter((other) => other !== planned && only !== undefined && fits(other).includes(only))
      return only !== undefined && others.length === 0 && rivals.length === 0 ? [[planned, only] as const] : []
    })
    for (const [planned, project] of asking) {
      maybe.set(planned, project)
      left.delete(project)
    }
    return asking.map(([planned]) => planned)
  }
  // A project that had the name before, under the same id, is a surer match than one with the same keys.
  const named = new Set(
    ask((planned, { formerNames }) => formerNames.some((name) => nameKey(name) === nameKey(planned.name))),
  )
  ask((planned, project) => hasShape(planned, project, real, people))
  return {
    matches: own.map((planned) => ({
      planned,
      real: found.get(planned) ?? null,
      maybe: maybe.get(planned) ?? null,
      wasNamed: named.has(planned),
    })),
    extra: [...left],
  }
}

/**
 * True if the keys are equal, where service accounts without one may be planned; or, if neither side has keys, if the
 * people and limit are, if there are any.
 */
function hasShape(
  planned: PlannedProject,
  project: RealProject,
  { people: everyone }: RealOrganization,
  people: ReadonlyMap<string, ReadonlyMap<string, Level>>,
): boolean {
  const keys = planned.keys.map(({ name }) => nameKey(name))
  const realKeys = project.keys.map(({ logicalName }) => nameKey(logicalName))
  const keyless = project.accounts
    .filter(({ id }) => !project.keys.some(({ account }) => account === id))
    .map(({ name }) => nameKey(name))
  const areThere = keys.every((name) => realKeys.includes(name) || keyless.includes(name))
  if (!areThere || !realKeys.every((name) => keys.includes(name))) return false
  if (keys.length > 0) return true
  const planners = sorted(
    [...people].filter(([, projects]) => projects.has(nameKey(planned.name))).map(([email]) => email),
  )
  const members = everyone.filter((one) => one.projects.some(({ projectId }) => projectId === project.id))
  const hard = project.limits.find(({ enforcement }) => enforcement === 'hard')?.amount ?? null
  const wanted = planned.limit?.enforcement === 'hard' ? planned.limit.amount : null
  return planners !== '[]' && planners === sorted(members.map(({ addresses }) => addresses[0] ?? '')) && hard === wanted
}

function sorted(names: readonly string[]): string {
  return JSON.stringify([...new Set(names)].toSorted())
}

export interface KeyMatch {
  readonly planned: PlannedKey
  /** Versions of one key: there are two during its rotation. */
  readonly real: readonly RealKey[]
  readonly account: { readonly id: number; readonly name: string } | null
  readonly maybe: RealKey | null
}

/** Keys of one project by their own name, that of their logical key, or that of the service account that holds them. */
export function matchKeys(
  planned: PlannedProject,
  project: RealProject,
  { renames }: PlanBindings,
): {
  readonly matches: readonly KeyMatch[]
  readonly unexplained: readonly RealKey[]
} {
  const accounts = new Map(project.accounts.map((account) => [account.id, account]))
  const asked = renames.filter(({ part }) => part === 'key')
  const said = (key: PlannedKey, { id }: RealKey): boolean | null =>
    asked.find((one) => one.subjectId === id && nameKey(one.planned) === nameKey(key.name))?.same ?? null
  const isNamed = (key: PlannedKey, real: RealKey): boolean =>
    [real.name, real.logicalName, real.account === null ? '' : (accounts.get(real.account)?.name ?? '')].some(
      (name) => nameKey(name) === nameKey(key.name),
    ) || said(key, real) === true
  const left = new Set(project.keys)
  const first = planned.keys.map((key) => {
    const real = [...left].filter((one) => isNamed(key, one))
    for (const one of real) left.delete(one)
    const account = project.accounts.find(({ name }) => nameKey(name) === nameKey(key.name)) ?? null
    return { planned: key, real, account }
  })
  const matches = first.map((match) => {
    if (match.real.length > 0) return { ...match, maybe: null }
    const fits = [...left].filter((real) => said(match.planned, real) !== false && hasPurpose(match.planned, real))
    const maybe = fits.length === 1 ? (fits[0] ?? null) : null
    if (maybe !== null) left.delete(maybe)
    return { ...match, maybe }
  })
  return { matches, unexplained: [...left] }
}

function hasPurpose(planned: PlannedKey, { environment, purpose }: RealKey): boolean {
  return (
    purpose !== null &&
    nameKey(purpose) === nameKey(planned.purpose) &&
    environmentWord(environment ?? '') === environmentWord(planned.environment ?? '')
  )
}

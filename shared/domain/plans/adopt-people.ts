import { isPrivileged, type Level, strongerLevel } from '../role.ts'
import type { PlanOrigin, AdoptedProject } from './adopted.ts'
import type { RealOrganization, RealPerson } from './drift-reality.ts'
import { distinct, nameKey } from '../text/names.ts'
import { projectRef } from './project-ref.ts'
import type { Plan, PlannedJob, PlannedOrganization, PlannedPerson } from './plan.ts'

type AdoptedOrganization = PlanOrigin<PlannedOrganization, RealOrganization>

/** The access of a person in the terms of a job. A person with several kinds of access has several jobs. */
type Holding = Pick<PlannedJob, 'level' | 'projects'>

/**
 * People of all organizations, each once, with jobs made of what they hold: people with the same access have the same
 * job.
 */
export function adoptedPeople(
  organizations: readonly AdoptedOrganization[],
  projects: readonly AdoptedProject[],
): Pick<Plan, 'jobs' | 'people'> {
  const found = listPeople(organizations).map((person) => ({
    person,
    holdings: listHoldings(person, organizations, projects),
  }))
  const kinds = new Map(found.flatMap(({ holdings }) => holdings.map((holding) => [JSON.stringify(holding), holding])))
  const named = distinct([...kinds.values()], jobName)
  const names = new Map(named.map(([holding, name]) => [JSON.stringify(holding), name]))
  return {
    jobs: named.map(([holding, name]) => ({ name, ...holding, note: null })),
    people: found.flatMap(({ person, holdings }) =>
      holdings.map((holding): PlannedPerson => ({
        name: person.name,
        email: person.email,
        job: names.get(JSON.stringify(holding)) ?? '',
      })),
    ),
  }
}

interface AdoptedPerson {
  readonly name: string
  readonly email: string
  /** The organizations that they are in, as a member if they are both that and invited. */
  readonly places: readonly { readonly organization: AdoptedOrganization; readonly as: RealPerson }[]
}

/** One for each person: accounts that share an address belong to one. */
function listPeople(organizations: readonly AdoptedOrganization[]): AdoptedPerson[] {
  const places = organizations.flatMap((organization) =>
    organization.real.people
      .filter(({ addresses }) => addresses.length > 0)
      .toSorted((a, b) => Number(a.isInvite) - Number(b.isInvite))
      .map((as) => ({ organization, as })),
  )
  const found: { addresses: Set<string>; places: (typeof places)[number][] }[] = []
  for (const place of places) {
    const own = found.filter(({ addresses }) => place.as.addresses.some((one) => addresses.has(one)))
    const [first, ...others] = own
    const target = first ?? { addresses: new Set<string>(), places: [] }
    if (first === undefined) found.push(target)
    for (const other of others) {
      for (const address of other.addresses) target.addresses.add(address)
      target.places.push(...other.places)
      found.splice(found.indexOf(other), 1)
    }
    for (const address of place.as.addresses) target.addresses.add(address)
    target.places.push(place)
  }
  return found.flatMap((one): AdoptedPerson[] => {
    const [main] = one.places
    // An address that is known in every organization, if there is one.
    const common = main?.as.addresses.find((address) => one.places.every(({ as }) => as.addresses.includes(address)))
    const email = common ?? main?.as.addresses[0]
    if (main === undefined || email === undefined) return []
    const held = new Set<AdoptedOrganization>()
    const each = one.places.filter(({ organization }) => !held.has(organization) && held.add(organization))
    return [{ name: nameKey(main.as.name) === email ? '' : main.as.name, email, places: each }]
  })
}

function listHoldings(
  { places }: AdoptedPerson,
  organizations: readonly AdoptedOrganization[],
  projects: readonly AdoptedProject[],
): readonly Holding[] {
  const plan = { projects: projects.map(({ planned }) => planned) }
  const levels = places.map(({ as }) => as.level ?? 'other')
  if (places.length === organizations.length && levels.every((level) => isPrivileged(level))) {
    return [{ level: levels.reduce(strongerLevel), projects: 'all' }]
  }
  const lists = new Map<Level, string[]>()
  const looking: Level[] = []
  for (const { organization, as } of places) {
    const own = projects.filter(({ planned }) => planned.organization === organization.planned.name)
    const level = as.level ?? 'other'
    const inProjects = own.flatMap(({ planned, real }): [Level, string][] => {
      const ref = projectRef(plan, planned)
      if (isPrivileged(level)) return [[level, ref]]
      const [first, ...more] = as.projects.filter(({ projectId }) => projectId === real.id).map((one) => one.level)
      return first === undefined ? [] : [[more.reduce(strongerLevel, first), ref]]
    })
    for (const [each, ref] of inProjects) lists.set(each, [...(lists.get(each) ?? []), ref])
    if (inProjects.length === 0 || level === 'billing') looking.push(level)
  }
  return [
    ...[...lists].map(([level, own]): Holding => ({ level, projects: own })),
    ...[...new Set(looking)].map((level): Holding => ({ level, projects: [] })),
  ]
}

const WORDS: Readonly<Record<Level, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  member: 'Member',
  billing: 'Billing',
  reader: 'Reader',
  other: 'Other',
}

/** The most projects in the name of a job. */
const NAMED = 2

function jobName({ level, projects }: Holding): string {
  if (projects === 'all' || projects.length === 0) return WORDS[level]
  const more = projects.length - NAMED
  const listed = projects.slice(0, NAMED).join(', ').slice(0, 70).trim()
  return `${WORDS[level]} of ${listed}${more > 0 ? ` and ${more} more` : ''}`
}

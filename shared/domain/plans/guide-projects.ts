import { DEFAULT_THRESHOLDS } from '../usage/threshold.ts'
import { isProduction } from '../naming.ts'
import type { GuideAnswers, GuideApplication, GuideQuestion, GuideTeam } from './guide-answers.ts'
import { capitalize } from '../capitalize.ts'
import { distinct, nameKey, sameName } from '../text/names.ts'
import type { PlannedKey, PlannedLimit, PlannedOrganization, PlannedProject } from './plan.ts'

/** Teams × applications × environments, separated and combined as the answers require. */
export function guidedProjects(
  given: GuideAnswers,
  apart: ReadonlySet<GuideQuestion>,
  organizations: readonly PlannedOrganization[],
): readonly PlannedProject[] {
  const environments = environmentGroups(given, apart)
  return organizations.flatMap((organization) => {
    const teams = given.teams.filter((team) => findOrganization(team, organizations) === organization)
    return units(teams, apart).flatMap((unit) =>
      environments.map((group): PlannedProject => {
        const isProd = group.some((environment) => isProduction(environment))
        return {
          name: [unit.name, ...(environments.length > 1 ? [titled(group)] : [])].join('-'),
          organization: organization.name,
          team: unit.team,
          application: unit.application,
          environments: group,
          limit: findLimit(isProd ? given.productionLimit : given.otherLimit),
          keys: listKeys(unit.parts, group),
        }
      }),
    )
  })
}

/** The one that the team names, else the first. */
function findOrganization(
  team: GuideTeam,
  organizations: readonly PlannedOrganization[],
): PlannedOrganization | undefined {
  const named = team.organization
  return (named === undefined ? undefined : organizations.find(({ name }) => sameName(name, named))) ?? organizations[0]
}

/** Environments that share projects. Without any environment there is one group with nothing in it. */
function environmentGroups(given: GuideAnswers, apart: ReadonlySet<GuideQuestion>): readonly (readonly string[])[] {
  if (given.environments.length === 0) return [[]]
  if (apart.has('environments')) return given.environments.map((one) => [one])
  const known = (group: readonly string[]) =>
    given.environments.filter((one) => group.some((other) => sameName(one, other)))
  const shared = (given.sharedEnvironments ?? []).map(known).filter((group) => group.length > 0)
  if (shared.length === 0) return [given.environments]
  const alone = given.environments.filter((one) => !shared.some((group) => group.includes(one)))
  return [...shared, ...alone.map((one) => [one])]
}

/** The purpose of a key: a feature of an application of a team. */
interface Part {
  readonly team: string
  readonly application: string
  readonly feature: string | null
}

/** An owner of projects. */
interface Unit {
  readonly name: string
  readonly team: string | null
  readonly application: string | null
  readonly parts: readonly Part[]
}

function units(teams: readonly GuideTeam[], apart: ReadonlySet<GuideQuestion>): readonly Unit[] {
  const parts = teams.flatMap((team) =>
    listApplications(team).flatMap(({ name, features }): readonly Part[] =>
      (features === undefined || features.length === 0 ? [null] : features).map((feature) => ({
        team: team.name,
        application: name,
        feature,
      })),
    ),
  )
  const byApplication = apart.has('applications') || apart.has('costs')
  const groups = Map.groupBy(parts, ({ team, application, feature }) =>
    JSON.stringify([
      apart.has('teams') ? nameKey(team) : null,
      byApplication ? nameKey(application) : null,
      apart.has('features') && feature !== null ? [nameKey(application), nameKey(feature)] : null,
    ]),
  )
  const drafts = [...groups.values()].map((group): Unit => {
    const team = only(group.map((part) => part.team))
    const application = only(group.map((part) => part.application))
    const feature = apart.has('features') ? only(group.map((part) => part.feature ?? '')) : null
    // The name of a team with one application is enough to identify it.
    const isOneOfSeveral = new Set(parts.filter((part) => part.team === team).map((part) => part.application)).size > 1
    const words = [
      apart.has('teams') ? team : null,
      byApplication && (!apart.has('teams') || isOneOfSeveral) ? application : null,
      feature,
    ].filter((word) => word !== null && word !== '')
    return { name: words.map(capital).join('-') || (team ?? application ?? 'Shared'), team, application, parts: group }
  })
  return distinct(drafts, ({ name }) => name).map(([unit, name]) => ({ ...unit, name }))
}

function listApplications(team: GuideTeam): readonly GuideApplication[] {
  const listed = team.applications ?? []
  return listed.length === 0 ? [{ name: team.name }] : listed
}

/** The one name that all have; null if they differ. */
function only(names: readonly string[]): string | null {
  const [first] = names
  return first !== undefined && names.every((name) => sameName(name, first)) ? first : null
}

function listKeys(parts: readonly Part[], environments: readonly string[]): readonly PlannedKey[] {
  const places = environments.length === 0 ? [null] : environments
  const taken = new Set<string>()
  return places.flatMap((environment) =>
    parts.flatMap(({ team, application, feature }): readonly PlannedKey[] => {
      const words = [sameName(team, application) ? null : application, feature].flatMap((word) => word ?? [])
      const purpose = words.length === 0 ? 'main' : words.map(slug).join('-')
      const name = [...(environment === null ? [] : [slug(environment)]), slug(team), purpose].join('-')
      if (taken.has(name)) return []
      taken.add(name)
      return [{ name, environment, purpose, rotationDays: null }]
    }),
  )
}

/** As a part of a key's name: no white space, and no separator inside a single part. */
function slug(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, '_')
}

/** `prod` → `Prod`; several are joined. */
function titled(environments: readonly string[]): string {
  return environments.map(capital).join('-')
}

function capital(word: string | null): string {
  return word === null ? '' : capitalize(word)
}

function findLimit(amount: number | null | undefined): PlannedLimit | null {
  return amount === null || amount === undefined
    ? null
    : { amount, enforcement: 'alert', thresholds: DEFAULT_THRESHOLDS }
}

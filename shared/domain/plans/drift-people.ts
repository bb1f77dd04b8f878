import { impliedProjectRole } from '../providers/roles.ts'
import { isPrivileged, type Level } from '../role.ts'
import { difference, type Difference } from './drift-difference.ts'
import type { MatchedProject } from './drift-projects.ts'
import type { RealOrganization, RealPerson } from './drift-reality.ts'
import {
  isPlannedProjectRole,
  isPlannedRole,
  type PlannedAccess,
  plannedAccess,
  roleFor,
  roleWords,
} from './drift-roles.ts'
import { nameKey } from '../text/names.ts'
import type { Plan, PlannedOrganization, PlannedPerson } from './plan.ts'

type Where = Pick<Difference, 'organization' | 'connectionId'>

/**
 * People who are missing, in the wrong role or in the wrong project. A plan without people does not compare people. A
 * plan identifies people by their address: people without one are left out. `elsewhere` returns whether a person whose
 * job needs no project is in another organization, where that is enough.
 */
export function peopleDrift(
  plan: Plan,
  organization: PlannedOrganization,
  real: RealOrganization,
  projects: readonly MatchedProject[],
  elsewhere: (email: string) => boolean,
): Difference[] {
  if (plan.people.length === 0) return []
  const where: Where = { organization: organization.name, connectionId: real.connectionId }
  const context: DriftContext = { where, real, projects }
  const found: Difference[] = []
  const known = new Set<RealPerson>()
  const seen = new Set<string>()
  const byAddress = Map.groupBy(
    real.people.flatMap((one) => one.addresses.map((address) => ({ address, one }))),
    ({ address }) => address,
  )
  for (const person of plan.people) {
    const email = nameKey(person.email)
    if (seen.has(email)) continue
    seen.add(email)
    const held = (byAddress.get(email) ?? []).map(({ one }) => one)
    for (const one of held) known.add(one)
    const access = plannedAccess(plan, email, organization)
    // A person who accepted is a member; the invite may still be listed.
    const own = held.find(({ isInvite }) => !isInvite) ?? held[0]
    if (access === null) found.push(...held.map((one) => extra(context, one, person)))
    else if (own !== undefined) found.push(...heldDrift(context, person, access, own))
    else if (!real.unread.includes('people') && !(access.anywhere && elsewhere(email))) {
      found.push(missingPerson(context, person, access))
    }
  }
  return [
    ...found,
    ...real.people.filter((one) => !known.has(one) && one.addresses.length > 0).map((one) => extra(context, one, null)),
  ]
}

interface DriftContext {
  readonly where: Where
  readonly real: RealOrganization
  readonly projects: readonly MatchedProject[]
}

function levelsIn(
  { projects }: DriftContext,
  access: PlannedAccess,
): { readonly project: MatchedProject; readonly level: Level }[] {
  return projects.flatMap((project) => {
    const level = access.projects.get(nameKey(project.planned.name))
    return level === undefined ? [] : [{ project, level }]
  })
}

function missingPerson(place: DriftContext, { name, email }: PlannedPerson, access: PlannedAccess): Difference {
  const { where, real } = place
  const role = roleFor(real.provider, 'organization', access.level)
  const implied = isPrivileged(role.level)
  const projects = implied ? [] : levelsIn(place, access)
  const asked = projects.find(({ project }) => project.isAsked)
  const list = projects.map(({ project }) => project.planned.name)
  return difference({
    ...where,
    kind: 'missing',
    part: 'person',
    project: null,
    name: name === '' ? email : name,
    planned: `${roleWords(role)}${list.length === 0 ? '' : ` in ${list.join(', ')}`}`,
    actual: null,
    says: `${name === '' ? email : name} is planned in ${where.organization} but does not exist there.`,
    subject: null,
    change:
      asked === undefined
        ? {
            kind: 'person',
            email: nameKey(email),
            level: access.level,
            projects: projects.map(({ project, level }) => ({ name: project.planned.name, level })),
          }
        : null,
  })
}

function extra({ where, real }: DriftContext, one: RealPerson, planned: PlannedPerson | null): Difference {
  const who = getName(one)
  return difference({
    ...where,
    kind: planned === null ? 'extra' : 'place',
    part: 'person',
    project: null,
    name: who,
    planned: null,
    actual: one.roleRaw ?? 'no role',
    says:
      planned === null
        ? `${who} is in ${real.label} but is not planned.`
        : `${who} is in ${real.label}, which the job ${planned.job} does not need.`,
    subject: { kind: 'principal', id: one.id },
    change: { kind: 'leave', principalId: one.id, isInvite: one.isInvite },
  })
}

function getName({ name, addresses }: RealPerson): string {
  return addresses[0] ?? name
}

function heldDrift(place: DriftContext, person: PlannedPerson, access: PlannedAccess, one: RealPerson): Difference[] {
  const { where, real, projects } = place
  const { provider } = real
  const found: Difference[] = []
  const who = getName(one)
  const common = { ...where, name: who, subject: { kind: 'principal', id: one.id } } as const
  if (!isPlannedRole(provider, access, one.level)) {
    const role = roleFor(provider, 'organization', access.level)
    found.push(
      difference({
        ...common,
        kind: 'role',
        part: 'person',
        project: null,
        planned: roleWords(role),
        actual: one.roleRaw ?? 'no role',
        says: `${who} is ${one.roleRaw ?? 'without a role'} in ${where.organization}; as ${person.job} it should be ${role.raw}.`,
        change: one.isInvite ? null : { kind: 'role', principalId: one.id, level: access.level },
      }),
    )
  }
  // A strong role of the organization reaches every project: roles in single ones add nothing.
  if (one.level !== null && isPrivileged(one.level)) return found
  if (isPrivileged(roleFor(provider, 'organization', access.level).level)) return found
  for (const { project, level } of levelsIn(place, access)) {
    if (project.isAsked) continue
    const role = roleFor(provider, 'project', level)
    const name = project.planned.name
    const planned = roleWords(role)
    const held = one.projects.filter(({ projectId }) => projectId === project.real?.id)
    if (held.length === 0) {
      if (real.unread.includes('people') || isOrganizationWide(provider, one, level)) continue
      found.push(
        difference({
          ...common,
          kind: 'missing',
          part: 'member',
          project: name,
          planned,
          actual: null,
          says: one.isInvite
            ? `${who} should be in ${name}, which the invite does not include. Once it is accepted, it can be given.`
            : `${who} should be in ${name} but is not.`,
          change: one.isInvite ? null : { kind: 'member', principalId: one.id, project: name, level },
        }),
      )
    } else if (
      !held.some((each) => isPlannedProjectRole(provider, level, each.level)) ||
      isTooStrong(provider, level, held)
    ) {
      const direct = held.find((each) => each.direct)
      found.push(
        difference({
          ...common,
          kind: 'role',
          part: 'member',
          project: name,
          planned,
          actual: held.map(({ roleRaw }) => roleRaw).join(', '),
          says: `${who} is ${held.map(({ roleRaw }) => roleRaw).join(' and ')} in ${name}; as ${person.job} it should be ${role.raw}.`,
          change:
            direct === undefined || one.isInvite
              ? null
              : { kind: 'member-role', principalId: one.id, projectId: direct.projectId, level },
        }),
      )
    }
  }
  return [...found, ...misplaced(place, person, access, one, projects)]
}

/** A member of a group may have two roles: none may be stronger than planned. */
function isTooStrong(provider: RealOrganization['provider'], planned: Level, held: RealPerson['projects']): boolean {
  return !isPrivileged(roleFor(provider, 'project', planned).level) && held.some(({ level }) => isPrivileged(level))
}

/** True if the billing role of the organization is that of every project, as at Anthropic. */
function isOrganizationWide(provider: RealOrganization['provider'], { level }: RealPerson, planned: Level): boolean {
  const { raw } = roleFor(provider, 'organization', planned)
  return level === 'billing' && planned === 'billing' && impliedProjectRole(provider, raw) !== null
}

function misplaced(
  { where, real }: DriftContext,
  person: PlannedPerson,
  access: PlannedAccess,
  one: RealPerson,
  projects: readonly MatchedProject[],
): Difference[] {
  const byId = new Map(projects.map((project) => [project.real?.id ?? 0, project.planned.name]))
  const names = new Map(real.projects.map(({ id, name, isDefault }) => [id, isDefault ? null : name]))
  const seen = new Set<number>()
  return one.projects.flatMap(({ projectId, roleRaw, direct }) => {
    const planned = byId.get(projectId) ?? null
    // The default project contains all members; one that is not planned is a difference of its own.
    if (planned === null || !names.get(projectId) || access.projects.has(nameKey(planned)) || seen.has(projectId))
      return []
    seen.add(projectId)
    const who = getName(one)
    return [
      difference({
        ...where,
        kind: 'place',
        part: 'member',
        project: planned,
        name: who,
        planned: null,
        actual: roleRaw,
        says: `${who} is ${roleRaw} in ${planned}, which the job ${person.job} does not give.`,
        subject: { kind: 'principal', id: one.id },
        change: direct && !one.isInvite ? { kind: 'leave-project', principalId: one.id, projectId } : null,
      }),
    ]
  })
}

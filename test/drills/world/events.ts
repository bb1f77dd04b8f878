import {
  addRobot,
  asOwner,
  bill,
  newKey,
  newPerson,
  newProject,
  newUser,
  NEVER_LISTED,
  ROLES,
  takeNumber,
} from './begin.ts'
import type { Draw } from './draw.ts'
import { accounts, DAY, day, isOpen, type Key, type Organization, type Project, type World } from './state.ts'

interface Place {
  world: World
  draw: Draw
  organization: Organization
  now: number
}

type Event = (place: Place) => void

const active = ({ projects }: Organization): Project[] => projects.filter(({ archivedAt }) => archivedAt === null)
const findDomains = ({ world, organization }: Place): string[] =>
  world.clients.find(({ slug }) => slug === organization.client)?.domains ?? []

/** Someone new: of the client, of the agency under the address that they have there, or from outside. */
const join: Event = (place) => {
  const { world, draw, organization, now } = place
  const known = draw.maybe(world.organizations[0]?.users ?? [])
  const isKnown = organization.users.some(({ email }) => email.toLowerCase() === known?.email.toLowerCase())
  const person =
    known !== undefined && !isKnown && draw.chance(0.2)
      ? { name: known.name, email: known.email }
      : newPerson(world, draw, draw.chance(0.15) ? ['freelance.example'] : findDomains(place))
  const user = newUser(world, person, draw.one(ROLES[organization.vendor].organization), now)
  organization.users.push(user)
  for (const project of active(organization)) {
    if (draw.chance(0.25)) project.grants.push({ who: user.id, role: draw.one(ROLES[organization.vendor].project) })
  }
}

/** The provider takes an account out of groups and active projects too; its keys stay. */
const leave: Event = ({ draw, organization }) => {
  const strongest = ROLES[organization.vendor].organization[0]
  const others = organization.users.filter(({ role }) => role !== strongest)
  const gone = others.length > 3 ? draw.one(others) : undefined
  if (gone === undefined) return
  organization.users.splice(organization.users.indexOf(gone), 1)
  for (const group of organization.groups) group.members = group.members.filter((who) => who !== gone.id)
  for (const project of organization.projects) project.grants = project.grants.filter(({ who }) => who !== gone.id)
}

const rename: Event = ({ draw, organization }) => {
  const user = draw.one(organization.users)
  user.name = `${user.name.split(' ')[0] ?? ''} ${draw.one(['Falk', 'Dorn', 'Weiss'])}`
}

/**
 * A new address that no one has had. Of the agency's own people it stays: they also have accounts at clients, and who is
 * one person would depend on which organization is read first.
 */
const move: Event = ({ world, draw, organization }) => {
  const user = draw.one(organization.users)
  const { email } = newPerson(world, draw, [user.email.split('@')[1] ?? ''])
  if (organization !== world.organizations[0]) user.email = email
}

const changeRole: Event = ({ draw, organization }) => {
  const user = draw.one(organization.users)
  const [strongest, ...others] = ROLES[organization.vendor].organization
  const isLast = organization.users.filter(({ role }) => role === strongest).length < 2 && user.role === strongest
  if (!isLast) user.role = draw.chance(0.2) ? (strongest ?? null) : draw.one(others)
}

/** A role in a project is given, changed or taken, of an account or a group. */
const changeGrant: Event = ({ draw, organization }) => {
  const project = draw.maybe(active(organization))
  if (project === undefined) return
  const groups = organization.vendor === 'anthropic' ? [] : organization.groups
  const { id: who } = draw.one([...organization.users, ...groups])
  const at = project.grants.findIndex((grant) => grant.who === who)
  const role = draw.one(ROLES[organization.vendor].project)
  if (at < 0) project.grants.push({ who, role })
  else if (draw.chance(0.5)) project.grants.splice(at, 1)
  else project.grants[at] = { who, role }
}

const changeGroup: Event = ({ draw, organization }) => {
  const group = draw.maybe(organization.groups)
  if (group === undefined) return
  const { id } = draw.one(accounts(organization))
  if (group.members.includes(id)) group.members = group.members.filter((who) => who !== id)
  else group.members.push(id)
  // Someone who was in groups alone and is in none any more is no longer there.
  organization.strangers = organization.strangers.filter(({ id: who }) =>
    organization.groups.some(({ members }) => members.includes(who)),
  )
}

/** A group is given a role on the organization, or loses it. */
const changeGroupRole: Event = ({ draw, organization }) => {
  const group = draw.maybe(organization.groups)
  if (group === undefined) return
  group.role = group.role === null ? draw.one(ROLES[organization.vendor].organization) : null
}

const startProject: Event = ({ world, draw, organization, now }) => {
  const project = newProject(world, draw, now)
  organization.projects.push(project)
  for (const { id: who } of organization.users) {
    if (draw.chance(0.3)) project.grants.push({ who, role: draw.one(ROLES[organization.vendor].project) })
  }
}

const renameProject: Event = ({ world, draw, organization }) => {
  const project = draw.maybe(active(organization))
  if (project !== undefined) project.name = `${draw.one(['Harbor', 'Mint-Prod', 'Dune-Dev'])} ${takeNumber(world)}`
}

const archiveProject: Event = ({ draw, organization, now }) => {
  const open = active(organization)
  const project = open.length > 3 ? draw.one(open) : undefined
  if (project !== undefined) project.archivedAt = now
}

const createKey: Event = ({ world, draw, organization, now }) => {
  const project = draw.maybe(active(organization))
  if (project === undefined) return
  const robot = draw.maybe(organization.robots.filter((one) => one.project === project.id))
  const turn = draw.below(10)
  const user = asOwner(draw.one(organization.users), 'user')
  const owner =
    turn === 0
      ? 'unknown'
      : turn < 3 && robot !== undefined
        ? asOwner(robot, 'service-account')
        : turn === 9
          ? NEVER_LISTED
          : user
  organization.keys.push(newKey(world, draw, { kind: 'project', project: project.id, owner, createdAt: now }))
}

const createAdminKey: Event = ({ world, draw, organization, now }) => {
  const owner = asOwner(draw.one(organization.users), 'user')
  const kind = organization.vendor === 'anthropic' ? 'organization' : 'admin'
  organization.keys.push(newKey(world, draw, { kind, project: null, owner, createdAt: now }))
}

const deleteKey: Event = ({ draw, organization }) => {
  if (organization.keys.length > 5) organization.keys.splice(draw.below(organization.keys.length), 1)
}

/** A new key in place of one that is old enough to have been read; the old one goes a while later, with `deleteKey`. */
const rotateKey: Event = ({ world, draw, organization, now }) => {
  const taken = new Set(organization.keys.map(({ replaces }) => replaces))
  const old = draw.maybe(
    organization.keys.filter(
      ({ id, createdAt, kind }) => createdAt < now - 20 * DAY && !taken.has(id) && kind === 'project',
    ),
  )
  if (old === undefined) return
  const version = /-v(\d+)$/u.exec(old.name)
  const stem = version === null ? old.name : old.name.slice(0, version.index)
  organization.keys.push({
    ...newKey(world, draw, { kind: old.kind, project: old.project, owner: old.owner, createdAt: now }),
    name: `${stem}-v${Number(version?.[1] ?? 1) + 1}`,
    replaces: old.id,
  })
}

const changeKey: Event = ({ draw, organization, now }) => {
  const key: Key | undefined = draw.maybe(organization.keys)
  if (key === undefined) return
  if (organization.vendor !== 'openai' && draw.chance(0.4)) key.status = key.status === 'active' ? 'inactive' : 'active'
  else key.expiresAt = key.expiresAt === null ? now + (5 + draw.below(90)) * DAY : null
}

/** The keys of a service account go with it. */
const deleteRobot: Event = ({ draw, organization }) => {
  const open = new Set(active(organization).map(({ id }) => id))
  const robot = draw.maybe(organization.robots.filter(({ project }) => open.has(project)))
  if (robot === undefined) return
  organization.robots.splice(organization.robots.indexOf(robot), 1)
  organization.keys = organization.keys.filter(({ owner }) => typeof owner === 'string' || owner.id !== robot.id)
  for (const project of organization.projects) project.grants = project.grants.filter(({ who }) => who !== robot.id)
}

const createRobot: Event = ({ world, draw, organization, now }) => {
  const project = draw.maybe(active(organization))
  if (project !== undefined && organization.vendor !== 'anthropic') addRobot(world, organization, project.id, now)
}

const invite: Event = (place) => {
  const { world, draw, organization, now } = place
  const { email } = newPerson(world, draw, draw.chance(0.2) ? ['freelance.example'] : findDomains(place))
  const into = organization.vendor === 'anthropic' ? [] : active(organization).filter(() => draw.chance(0.3))
  organization.invites.push({
    id: `invite-${takeNumber(world)}`,
    email,
    role: draw.one(ROLES[organization.vendor].organization),
    status: 'pending',
    sentAt: now,
    expiresAt: now + (2 + draw.below(40)) * DAY,
    projects: into.map(({ id: project }) => ({ project, role: draw.one(ROLES[organization.vendor].project) })),
  })
}

/** An open invite is accepted or withdrawn; one that has expired may be marked so by the provider. */
const settleInvite: Event = ({ world, draw, organization, now }) => {
  const settled = draw.maybe(organization.invites.filter(({ status }) => status === 'pending'))
  if (settled === undefined) return
  if (!isOpen(settled, now)) settled.status = 'expired'
  else if (draw.chance(0.3)) organization.invites.splice(organization.invites.indexOf(settled), 1)
  else {
    settled.status = 'accepted'
    const user = newUser(world, { name: settled.email.split('@')[0] ?? '', email: settled.email }, settled.role, now)
    organization.users.push(user)
    for (const { project, role } of settled.projects) {
      active(organization)
        .find(({ id }) => id === project)
        ?.grants.push({ who: user.id, role })
    }
  }
}

/** A limit of the organization or of a project is set, changed or removed. */
const changeLimit: Event = ({ draw, organization }) => {
  const place = draw.chance(0.3) ? null : (draw.maybe(active(organization))?.id ?? null)
  const at = organization.limits.findIndex(({ project }) => project === place)
  const cents = 1000 + draw.below(1_000_000)
  if (at < 0) organization.limits.push({ project: place, cents })
  else if (draw.chance(0.4)) organization.limits.splice(at, 1)
  else organization.limits[at] = { project: place, cents }
}

const EVENTS: readonly (readonly [number, Event])[] = [
  [5, join],
  [4, leave],
  [1, rename],
  [1, move],
  [3, changeRole],
  [6, changeGrant],
  [3, changeGroup],
  [1, changeGroupRole],
  [1, startProject],
  [1, renameProject],
  [1, archiveProject],
  [6, createKey],
  [1, createAdminKey],
  [4, deleteKey],
  [3, rotateKey],
  [2, changeKey],
  [1, createRobot],
  [1, deleteRobot],
  [4, invite],
  [4, settleInvite],
  [2, changeLimit],
]

const TURNS: readonly Event[] = EVENTS.flatMap(([weight, event]) => Array.from({ length: weight }, () => event))

/** A day at all providers: what happened on it, and what was used, also what is billed two days late. */
export function passDay(world: World, draw: Draw, now: number): void {
  for (const organization of world.organizations) {
    if (draw.chance(0.6)) draw.one(TURNS)({ world, draw, organization, now })
    bill(draw, organization, day(now))
    if (draw.chance(0.1)) bill(draw, organization, day(now - 2 * DAY))
    for (const key of organization.keys) {
      if (draw.chance(0.03)) key.usedAt = now - draw.below(3600) * 1000
    }
  }
}

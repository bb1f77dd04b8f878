import { accounts, DAY, isOpen, type Key, type Organization, type Seen, type World } from '../state.ts'
import { isListed, type Reached, reachedIn } from './access.ts'
import { dueOn, environmentFor, findLastUse, findOwnerState, hasExpired } from './keys.ts'
import { type Human, isKnownAddress } from './people.ts'

/** A rule and what breaks it, by the provider's id; of a rule about the whole organization its id. */
export interface Broken {
  organization: string
  rule: string
  subject: string
}

export interface Asked {
  world: World
  now: number
  /** Where the operator is. */
  today: string
  /** People whose last day is over. */
  departed: readonly Pick<Human, 'held'>[]
}

interface Case {
  organization: Organization
  /** Keys that can still be used. */
  keys: readonly Key[]
  rows: readonly Reached[]
  now: number
  today: string
}

const production = (organization: Organization, key: Key): boolean => environmentFor(organization, key) === 'production'

/** The rules about a key (docs/findings.md), with the days of the policy as it is unless set. */
const KEY_RULES: Readonly<Record<string, (key: Key, found: Case) => boolean>> = {
  'admin-key-old': (key, { organization, now, today }) =>
    key.kind === 'admin' && isOverdue(organization, key, now, today),
  'rotation-overdue': (key, { organization, now, today }) =>
    key.kind !== 'admin' && isOverdue(organization, key, now, today),
  'key-owner-gone': (key, { organization }) =>
    findOwnerState(organization, key) === 'known' &&
    typeof key.owner !== 'string' &&
    !isListed(organization, key.owner.id),
  'key-owner-without-project': (key, { organization }) => hasLostProject(organization, key),
  'key-owner-none': (key, { organization }) => findOwnerState(organization, key) === 'none' && key.kind !== 'admin',
  'key-creator-unknown': (key, { organization }) => findOwnerState(organization, key) === 'unknown',
  'key-in-archived-project': ({ project }, { organization }) =>
    organization.projects.some(({ id, archivedAt }) => id === project && archivedAt !== null),
  'key-never-used': (key, { now, organization }) =>
    key.kind !== 'admin' && findLastUse(organization, key) === 'never' && key.createdAt <= now - 30 * DAY,
  'key-unused-remove': (key, { now, organization }) =>
    key.kind !== 'admin' && isIdle(organization, key, now - 90 * DAY),
  'key-unused': (key, { now, organization }) =>
    key.kind !== 'admin' && isIdle(organization, key, now - 45 * DAY) && !isIdle(organization, key, now - 90 * DAY),
  'admin-key-unused': ({ kind, usedAt, createdAt }, { now }) =>
    kind === 'admin' && (usedAt === null ? createdAt <= now - 30 * DAY : usedAt <= now - 45 * DAY),
  'admin-key-expiring': ({ kind, expiresAt }, { now }) =>
    kind === 'admin' && expiresAt !== null && expiresAt <= now + 14 * DAY,
  'key-expiry-past-ceiling': ({ expiresAt, createdAt }) => expiresAt !== null && expiresAt > createdAt + 365 * DAY,
  'key-without-project': ({ kind }) => kind === 'organization',
  'personal-key-in-production': (key, { organization }) =>
    production(organization, key) &&
    key.kind !== 'admin' &&
    typeof key.owner !== 'string' &&
    key.owner.kind === 'user' &&
    findOwnerState(organization, key) === 'known' &&
    // Anthropic's keys of a workspace belong to it.
    !(organization.vendor === 'anthropic' && key.kind === 'project'),
}

/** Whether it is known when a key was last used, and that it was at an instant or before. */
function isIdle(organization: Organization, key: Key, since: number): boolean {
  const use = findLastUse(organization, key)
  return typeof use !== 'string' && use.at <= since
}

function isOverdue(organization: Organization, key: Key, now: number, today: string): boolean {
  const [due] = dueOn(organization, key, now)
  return due !== null && due < today
}

/** OpenAI reports whether the owner of a key still has the project; of one who has left altogether it is another finding. */
function hasLostProject(organization: Organization, { owner, project, kind }: Key): boolean {
  if (organization.vendor !== 'openai' || kind === 'admin' || typeof owner === 'string') return false
  const groups = organization.groups.filter(({ members }) => members.includes(owner.id))
  const isOwner = organization.users.some(({ id, role }) => id === owner.id && role === 'owner')
  const given = organization.projects.find(({ id }) => id === project)?.grants ?? []
  const reaches =
    isOwner ||
    groups.some(({ role }) => role === 'owner') ||
    given.some(({ who }) => who === owner.id || groups.some(({ id }) => id === who))
  return isListed(organization, owner.id) && !reaches
}

/** The rules about people and invites. */
function brokenByPeople(world: World, { organization, rows, now }: Case): Omit<Broken, 'organization'>[] {
  const invites = organization.invites.filter((invite) => isOpen(invite, now))
  const broken = [...accounts(organization), ...invites].flatMap(({ id, email }) => {
    if (isKnownAddress(world, email, [organization.client])) return []
    const own = rows.filter(({ account }) => account === id)
    const isPrivileged = own.some(({ project, level }) => project === null && (level === 'owner' || level === 'admin'))
    const projects = new Set(own.flatMap(({ project }) => project ?? [])).size
    const rules = ['person-outside-domains']
    if (isPrivileged) rules.push('external-privileged')
    else if (projects > 1) rules.push('external-many-projects')
    return rules.map((rule) => ({ rule, subject: id }))
  })
  for (const invite of organization.invites) {
    if (invite.status === 'accepted') continue
    if (!isOpen(invite, now)) broken.push({ rule: 'invite-expired', subject: invite.id })
    else if (invite.sentAt <= now - 14 * DAY) broken.push({ rule: 'invite-stale', subject: invite.id })
  }
  return broken
}

/** The rules about projects and the whole organization. */
function brokenByPlaces({ organization, keys, rows }: Case): Omit<Broken, 'organization'>[] {
  const broken: Omit<Broken, 'organization'>[] = []
  for (const { id, archivedAt } of organization.projects) {
    const environments = keys.flatMap((key) => (key.project === id ? [environmentFor(organization, key)] : []))
    const isMixed =
      environments.includes('production') && environments.some((one) => one !== null && one !== 'production')
    if (archivedAt === null && isMixed) broken.push({ rule: 'environments-mixed', subject: id })
  }
  const privileged = new Set(
    rows.flatMap(({ account, kind, project, level }) =>
      kind === 'user' && project === null && (level === 'owner' || level === 'admin') ? [account] : [],
    ),
  ).size
  const whole: Readonly<Record<string, boolean>> = {
    'admin-keys-too-many': keys.filter(({ kind }) => kind === 'admin').length > 3,
    'privileged-too-many': privileged > 5,
    'privileged-single': privileged === 1,
    'organization-without-spend-limit': !organization.limits.some(({ project }) => project === null),
    'last-use-not-reported': keys.some((key) => findLastUse(organization, key) === 'not-reported'),
  }
  for (const [rule, isBroken] of Object.entries(whole)) if (isBroken) broken.push({ rule, subject: organization.id })
  return broken
}

/** The rules that are compared. */
export const COMPARED: readonly string[] = [
  ...Object.keys(KEY_RULES),
  'leaver-with-access',
  'person-outside-domains',
  'external-privileged',
  'external-many-projects',
  'invite-expired',
  'invite-stale',
  'environments-mixed',
  'admin-keys-too-many',
  'privileged-too-many',
  'privileged-single',
  'organization-without-spend-limit',
  'last-use-not-reported',
]

/** Every rule that something breaks, as the facts of a reading are at an instant. */
export function findBroken(seen: Seen, { world, now, today, departed }: Asked): Broken[] {
  const { organization } = seen
  const leavers = [...accounts(organization), ...organization.invites.filter((invite) => isOpen(invite, now))].filter(
    ({ id }) => departed.some(({ held }) => held.has(`${organization.id}:${id}`)),
  )
  const keys = organization.keys.filter((key) => !hasExpired(key, now))
  const found: Case = { organization, keys, rows: reachedIn(seen, now), now, today }
  const byKeys = Object.entries(KEY_RULES).flatMap(([rule, isBroken]) =>
    keys.filter((key) => isBroken(key, found)).map(({ id }) => ({ rule, subject: id })),
  )
  const left = leavers.map(({ id }) => ({ rule: 'leaver-with-access', subject: id }))
  return [...byKeys, ...left, ...brokenByPeople(world, found), ...brokenByPlaces(found)].map((broken) => ({
    organization: organization.id,
    ...broken,
  }))
}

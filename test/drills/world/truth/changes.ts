import { accounts, type Organization, type Seen } from '../state.ts'
import { type Reached, reachedIn } from './access.ts'
import { findOwnerState } from './keys.ts'

/** What differs between two readings; `subject` and `project` are the provider's ids. */
export interface Differing {
  organization: string
  kind: string
  subject: string
  project: string | null
  before: string | null
  after: string | null
}

/** The order of the levels that can be compared: what a role of one's own amounts to is not known. */
const ORDER = ['owner', 'admin', 'member', 'billing', 'reader']

const describe = ({ role, via, viaName }: Reached): string => {
  if (via === 'group') return `${role} (by group ${viaName ?? ''})`
  return via === 'organization' ? `${role} (as organization ${viaName ?? ''})` : role
}

const strongest = (rows: readonly Reached[]): string =>
  ORDER.find((level) => rows.some((row) => row.level === level)) ?? 'other'

/** What became of the roles of one account in one place; null where nothing did. */
function compareRoles(before: readonly Reached[], after: readonly Reached[]): string | null {
  if (before.length === 0) return 'access-gained'
  if (after.length === 0) return 'access-lost'
  const [old, now] = [before, after].map((rows) => [...new Set(rows.map((row) => describe(row)))].toSorted().join('\n'))
  if (old === now) return null
  const [was, is] = [strongest(before), strongest(after)]
  if (was === is || was === 'other' || is === 'other') return 'role-changed'
  const isRaised = ORDER.indexOf(is) < ORDER.indexOf(was)
  const [weaker, stronger] = isRaised ? [before, after] : [after, before]
  // What a role of one's own allows is not known: it may be more than what was given up.
  const mayAllowMore = ({ role, level }: Reached): boolean =>
    level === 'other' && !stronger.some((row) => row.role === role)
  if (weaker.some((row) => mayAllowMore(row))) return 'role-changed'
  return isRaised ? 'access-raised' : 'access-lowered'
}

function accessChanges(before: readonly Reached[], after: readonly Reached[]): Differing[] {
  const place = ({ account, project }: Reached): string => `${account} ${project ?? ''}`
  const [was, is] = [before, after].map((rows) => Map.groupBy(rows, place))
  const places = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])
  return [...places].flatMap((at) => {
    const [old, now] = [was?.get(at) ?? [], is?.get(at) ?? []]
    const kind = compareRoles(old, now)
    const [first] = [...old, ...now]
    if (kind === null || first === undefined) return []
    const { organization, account, project } = first
    return [{ organization, kind, subject: account, project, before: null, after: null }]
  })
}

interface Named {
  id: string
}

/** What is in the later of two lists alone, in the earlier alone, and in both. */
function compareLists<T extends Named>(before: readonly T[], after: readonly T[]) {
  const had = new Map(before.map((one) => [one.id, one]))
  const has = new Map(after.map((one) => [one.id, one]))
  return {
    added: after.filter(({ id }) => !had.has(id)),
    removed: before.filter(({ id }) => !has.has(id)),
    kept: after.flatMap((now) => {
      const old = had.get(now.id)
      return old === undefined ? [] : [{ old, now }]
    }),
  }
}

type Row = Omit<Differing, 'organization'>

const row = (kind: string, subject: string, more: Partial<Row> = {}): Row => ({
  kind,
  subject,
  project: null,
  before: null,
  after: null,
  ...more,
})

function peopleChanges(before: Organization, after: Organization): Row[] {
  const { added, removed, kept } = compareLists(accounts(before), accounts(after))
  return [
    ...added.map(({ id }) => row('person-joined', id)),
    ...removed.map(({ id }) => row('person-left', id)),
    ...kept.flatMap(({ old, now }) => [
      ...(old.name === now.name ? [] : [row('person-renamed', now.id, { before: old.name, after: now.name })]),
      ...(old.email === now.email ? [] : [row('address-changed', now.id, { before: old.email, after: now.email })]),
    ]),
  ]
}

/** The roles of a group itself: by the id of a project, or on the organization. */
function groupRoles({ groups, projects }: Organization, id: string): Map<string | null, string> {
  const roles = new Map<string | null, string>()
  const role = groups.find((group) => group.id === id)?.role ?? null
  if (role !== null) roles.set(null, role)
  for (const { id: project, grants } of projects) {
    const given = grants.find(({ who }) => who === id)
    if (given !== undefined) roles.set(project, given.role)
  }
  return roles
}

function groupChanges(before: Organization, after: Organization): Row[] {
  return after.groups.flatMap(({ id, name, members }) => {
    const old = before.groups.find((group) => group.id === id)?.members ?? []
    const [was, is] = [groupRoles(before, id), groupRoles(after, id)]
    const places = [...new Set([...was.keys(), ...is.keys()])].filter((place) => was.get(place) !== is.get(place))
    return [
      ...places.map((project) => row('role-changed', id, { project })),
      ...members.filter((who) => !old.includes(who)).map((who) => row('group-joined', who, { after: name })),
      ...old.filter((who) => !members.includes(who)).map((who) => row('group-left', who, { before: name })),
    ]
  })
}

/** Whether a key is, by way of others or not, in place of one that the earlier reading had already. */
function isRotation(id: string, before: Seen, after: Seen): boolean {
  const replaced = after.rotated.has(id) ? (after.everKeys.get(id) ?? null) : null
  return replaced !== null && (before.everKeys.has(replaced) || isRotation(replaced, before, after))
}

function keyChanges(before: Seen, after: Seen): Row[] {
  const { added, removed, kept } = compareLists(before.organization.keys, after.organization.keys)
  return [
    ...added.map(({ id, project }) =>
      row(isRotation(id, before, after) ? 'key-rotated' : 'key-created', id, { project }),
    ),
    ...removed.map(({ id, project }) => row('key-removed', id, { project })),
    ...kept.flatMap(({ old, now }) => {
      const { id, project } = now
      if (findOwnerState(before.organization, old) !== findOwnerState(after.organization, now)) {
        return [row('key-re-owned', id, { project })]
      }
      return old.status === now.status && old.expiresAt === now.expiresAt ? [] : [row('key-changed', id, { project })]
    }),
  ]
}

function projectChanges(before: Organization, after: Organization): Row[] {
  const { added, kept } = compareLists(before.projects, after.projects)
  return [
    ...added.map(({ id }) => row('project-created', id)),
    ...kept.flatMap(({ old, now: { id, name, archivedAt } }) => {
      // Its row has the two names as well.
      if (old.archivedAt !== archivedAt) return [row('project-archived', id)]
      return old.name === name ? [] : [row('project-changed', id, { before: old.name, after: name })]
    }),
  ]
}

function limitChanges(before: Organization, after: Organization): Row[] {
  const named = ({ limits }: Organization) => limits.map((limit) => ({ ...limit, id: limit.project ?? 'organization' }))
  const { added, removed, kept } = compareLists(named(before), named(after))
  return [
    ...added.map(({ id, project }) => row('limit-set', id, { project })),
    ...removed.map(({ id, project }) => row('limit-removed', id, { project })),
    ...kept.flatMap(({ old, now: { id, project, cents } }) =>
      old.cents === cents ? [] : [row('limit-changed', id, { project })],
    ),
  ]
}

/** What differs between two readings of an organization, each as it was at its instant. */
export function findDiffering(before: Seen, after: Seen, from: number, until: number): Differing[] {
  const [was, is] = [before.organization, after.organization]
  const rows = [
    ...peopleChanges(was, is),
    ...groupChanges(was, is),
    ...keyChanges(before, after),
    ...projectChanges(was, is),
    ...limitChanges(was, is),
  ]
  return [
    ...accessChanges(reachedIn(before, from), reachedIn(after, until)),
    ...rows.map((one) => ({ organization: is.id, ...one })),
  ]
}

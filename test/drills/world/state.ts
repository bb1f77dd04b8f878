/**
 * What exists at the providers of a small agency, as a person would note it down. The truth that the product is compared
 * with is computed from this alone; nothing of the product is imported here.
 */
export const DAY = 86_400_000

export const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

export type Vendor = 'openai' | 'anthropic' | 'file'

export interface User {
  id: string
  name: string
  email: string
  /** The role on the organization; null where there is none. */
  role: string | null
  addedAt: number
}

/** A role of a user, service account, group or invite in a project. */
export interface Grant {
  who: string
  role: string
}

export interface Group {
  id: string
  name: string
  /** The role that it gives its members on the organization. */
  role: string | null
  members: string[]
}

export interface Project {
  id: string
  name: string
  createdAt: number
  archivedAt: number | null
  isDefault: boolean
  grants: Grant[]
}

export interface Robot {
  id: string
  name: string
  /** Where it lives: an OpenAI service account belongs to one project. */
  project: string
  createdAt: number
}

export interface Invite {
  id: string
  email: string
  role: string
  /** The provider's word, which may stay `pending` after the invite has expired. */
  status: 'pending' | 'expired' | 'accepted'
  sentAt: number
  expiresAt: number
  projects: { project: string; role: string }[]
}

export interface Owner {
  kind: 'user' | 'service-account'
  id: string
  name: string | null
}

export interface Key {
  id: string
  name: string
  kind: 'project' | 'admin' | 'organization'
  project: string | null
  /** Unknown: the provider shows none. None: it reports that there is none. */
  owner: Owner | 'unknown' | 'none'
  createdAt: number
  /** Null: never used. */
  usedAt: number | null
  expiresAt: number | null
  status: 'active' | 'inactive'
  /** The key in whose place it was made. */
  replaces: string | null
}

export interface Limit {
  /** Null: of the organization. */
  project: string | null
  cents: number
}

/** A line of a bill. */
export interface Bill {
  day: string
  project: string | null
  key: string | null
  model: string
  requests: number
  input: number
  output: number
  /** Billionths of a dollar; a credit is below zero. */
  nano: bigint
}

export interface Organization {
  client: string
  vendor: Vendor
  id: string
  name: string
  users: User[]
  /** Members of groups whom the list of users does not have. */
  strangers: User[]
  groups: Group[]
  projects: Project[]
  robots: Robot[]
  invites: Invite[]
  keys: Key[]
  limits: Limit[]
  bills: Bill[]
}

export interface Client {
  slug: string
  name: string
  kind: 'client' | 'internal'
  domains: string[]
}

export interface World {
  clients: Client[]
  organizations: Organization[]
  /** Numbers that were given out. */
  last: number
}

/** What the product knows of an organization: the last reading, and what any earlier reading had. */
export interface Seen {
  /** With the bills of the last reading of usage. */
  organization: Organization
  /** The day of that reading, which was not over. */
  usedUntil: string
  /** Ids of keys that were in place of a key of an earlier reading when they were first read. */
  rotated: ReadonlySet<string>
  /** Every key that was ever read, with the key in whose place it was made. */
  everKeys: ReadonlyMap<string, string | null>
  /** The addresses that each account, and each invite that was open, ever had, in lower case. */
  everAccounts: ReadonlyMap<string, Account>
  /** Every service account that was ever listed. */
  everRobots: ReadonlySet<string>
}

export interface Account {
  kind: 'user' | 'invite'
  addresses: ReadonlySet<string>
  /** Of an invite: whether it was open when it was last read. */
  wasOpen: boolean
}

/** Reads an organization as it is now, and what it used or not. */
export function look(
  organization: Organization,
  before: Seen | undefined,
  { readAt, readsUsage }: { readAt: number; readsUsage: boolean },
): Seen {
  const rotated = new Set(before?.rotated)
  const everKeys = new Map(before?.everKeys)
  const everAccounts = new Map(before?.everAccounts)
  const archived = new Set(organization.projects.flatMap(({ id, archivedAt }) => (archivedAt === null ? [] : [id])))
  // The service accounts of a project that is archived are not listed.
  const listed = organization.robots.filter(({ project }) => organization.vendor !== 'openai' || !archived.has(project))
  const everRobots = new Set([...(before?.everRobots ?? []), ...listed.map(({ id }) => id)])
  const note = (id: string, email: string, kind: Account['kind'], wasOpen: boolean): void => {
    const addresses = new Set(everAccounts.get(id)?.addresses).add(email.toLowerCase())
    everAccounts.set(id, { kind, addresses, wasOpen })
  }
  for (const { id, email } of accounts(organization)) note(id, email, 'user', true)
  for (const one of organization.invites) {
    if (isOpen(one, readAt)) note(one.id, one.email, 'invite', true)
    else if (one.status !== 'accepted' && everAccounts.has(one.id)) note(one.id, one.email, 'invite', false)
  }
  for (const { id, replaces } of organization.keys) {
    if (!everKeys.has(id) && replaces !== null && before?.everKeys.has(replaces) === true) rotated.add(id)
    everKeys.set(id, replaces)
  }
  const copy = structuredClone(organization)
  const isOld = before !== undefined && !readsUsage
  if (isOld) copy.bills = before.organization.bills
  // The limit of a project that is archived is not read again.
  if (organization.vendor === 'openai') {
    const isArchived = ({ project }: Limit): boolean => project !== null && archived.has(project)
    const known = before?.organization.limits.filter((limit) => isArchived(limit)) ?? []
    copy.limits = [...copy.limits.filter((limit) => !isArchived(limit)), ...known]
  }
  return {
    organization: copy,
    usedUntil: isOld ? before.usedUntil : day(readAt),
    rotated,
    everKeys,
    everAccounts,
    everRobots,
  }
}

/** All accounts of people. */
export const accounts = ({ users, strangers }: Organization): User[] => [...users, ...strangers]

export const isOpen = ({ status, expiresAt }: Invite, now: number): boolean => status === 'pending' && expiresAt > now

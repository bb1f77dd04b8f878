import { DAY, day, type Key, type Organization, type Owner, type Seen } from '../state.ts'
import { isListed } from './access.ts'

export interface KeyTruth {
  organization: string
  id: string
  name: string
  kind: string
  status: string
  project: string | null
  holder: string
  owner: string | null
  ownerState: string
  /** Whether the owner is still in the organization; null without a known owner. */
  isPresent: boolean | null
  createdOn: string
  lastUse: string
  expiresOn: string | null
  environment: string | null
  dueOn: string | null
  basis: string
  state: string
  daysLeft: number | null
  lastRotatedOn: string | null
}

const WORDS: Readonly<Record<string, string>> = {
  prod: 'production',
  dev: 'development',
  staging: 'staging',
  test: 'test',
}

/** The environment that a name has as one of its words. */
function environmentIn(name: string): string | null {
  for (const word of name.toLowerCase().split(/[^a-z0-9]+/u)) {
    const found = WORDS[word]
    if (found !== undefined) return found
  }
  return null
}

/** What a key is for: by its own name, else by the name of its project. */
export function environmentFor(organization: Organization, key: Key): string | null {
  const project = organization.projects.find(({ id }) => id === key.project)
  return environmentIn(key.name) ?? environmentIn(project?.name ?? '')
}

export const hasExpired = (key: Key, now: number): boolean => key.expiresAt !== null && key.expiresAt <= now

/** Days after which a key is to be rotated, and why (docs/policy.md). */
function interval(organization: Organization, key: Key): readonly [number, string] {
  if (key.kind === 'admin') return [90, 'admin-policy']
  return environmentFor(organization, key) === 'production' ? [90, 'production-policy'] : [180, 'other-policy']
}

/** The day on which a key is due, and what set it; null for one that can no longer be used. */
export function dueOn(organization: Organization, key: Key, now: number): readonly [string | null, string] {
  if (hasExpired(key, now)) return [null, 'retired']
  const [days, basis] = interval(organization, key)
  const planned = day(Date.parse(day(key.createdAt)) + days * DAY)
  const end = key.expiresAt === null ? null : day(key.expiresAt)
  return end !== null && end < planned ? [end, 'expiry'] : [planned, basis]
}

/** Who holds a key: a workspace's key of Anthropic belongs to the workspace, not to its creator. */
export function findHolder(organization: Organization, key: Key): string {
  const { kind, owner } = key
  if (kind === 'admin') return 'organization'
  if (typeof owner !== 'string' && owner.kind === 'service-account') return 'service-account'
  if (organization.vendor === 'anthropic' && kind === 'project') return 'workspace'
  if (findOwnerState(organization, key) === 'none') return 'none'
  return typeof owner === 'string' ? 'unknown' : 'person'
}

/** Whether a key has an owner: Anthropic's and a file's keys of someone who is not listed have none. */
export function findOwnerState(organization: Organization, { kind, owner }: Key): string {
  if (typeof owner === 'string') return owner
  if (isListed(organization, owner.id) || organization.vendor === 'openai') return 'known'
  return organization.vendor === 'anthropic' && kind === 'organization' ? 'known' : 'none'
}

export type LastUse = { at: number } | 'never' | 'not-reported'

/** As the provider reports it. Anthropic does not: there the last day on which the key was billed for requests is known. */
export function findLastUse(organization: Organization, { id, usedAt }: Key): LastUse {
  if (organization.vendor !== 'anthropic') return usedAt === null ? 'never' : { at: usedAt }
  const days = organization.bills
    .filter((bill) => bill.key === id && bill.requests > 0)
    .map((bill) => Date.parse(bill.day))
  return days.length === 0 ? 'not-reported' : { at: Math.max(...days) }
}

function writeLastUse(use: LastUse): string {
  return typeof use === 'string' ? use : new Date(use.at).toISOString()
}

/** Whether a key names an owner who could be looked up in the lists that were read. */
function isOwnerRead(owner: Key['owner'], everRobots: ReadonlySet<string>): owner is Owner {
  return typeof owner !== 'string' && (owner.kind !== 'service-account' || everRobots.has(owner.id))
}

/** Every key that a reading had. `today` is the day where the operator is. */
export function keyTruths({ organization, rotated, everRobots }: Seen, now: number, today: string): KeyTruth[] {
  return organization.keys.map((key) => {
    const [due, basis] = dueOn(organization, key, now)
    const left = due === null ? null : (Date.parse(due) - Date.parse(today)) / DAY
    const state = findOwnerState(organization, key)
    return {
      organization: organization.id,
      id: key.id,
      name: key.name,
      kind: key.kind,
      status: hasExpired(key, now) ? 'expired' : key.status,
      project: key.project,
      holder: findHolder(organization, key),
      owner: typeof key.owner === 'string' ? null : key.owner.id,
      ownerState: state,
      isPresent: state === 'known' && isOwnerRead(key.owner, everRobots) ? isListed(organization, key.owner.id) : null,
      createdOn: day(key.createdAt),
      lastUse: writeLastUse(findLastUse(organization, key)),
      expiresOn: key.expiresAt === null ? null : day(key.expiresAt),
      environment: environmentFor(organization, key),
      dueOn: due,
      basis,
      state: left === null ? 'unknown' : left < 0 ? 'overdue' : left <= 30 ? 'due' : 'ok',
      daysLeft: left,
      lastRotatedOn: rotated.has(key.id) ? day(key.createdAt) : null,
    }
  })
}

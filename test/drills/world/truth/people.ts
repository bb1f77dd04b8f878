import { accounts, isOpen, type Organization, type Seen, type World } from '../state.ts'
import { type Reached, reachedIn } from './access.ts'

/** A person: the accounts and invites, over all organizations, that ever shared an address. */
export interface Human {
  /** Accounts as `organization:id`; of a person without any, the address. */
  who: string
  addresses: ReadonlySet<string>
  /** Ids of accounts and invites by organization, as `organization:id`, also of those that were removed. */
  held: ReadonlySet<string>
}

/** Everyone who is known: an invite that has expired makes no person. */
export function findHumans(seen: readonly Seen[], now: number): Human[] {
  const humans: { users: Set<string>; addresses: Set<string>; held: Set<string> }[] = []
  for (const { organization, everAccounts } of seen) {
    const expired = new Set(
      organization.invites.filter((one) => !isOpen(one, now) && one.status !== 'accepted').map(({ id }) => id),
    )
    for (const [id, { kind, addresses, wasOpen }] of everAccounts) {
      if (kind === 'invite' && (!wasOpen || expired.has(id))) continue
      const shared = humans.filter((human) => [...addresses].some((address) => human.addresses.has(address)))
      const merged = {
        users: new Set<string>(),
        addresses: new Set(addresses),
        held: new Set([`${organization.id}:${id}`]),
      }
      if (kind === 'user') merged.users.add(`${organization.id}:${id}`)
      for (const human of shared) {
        humans.splice(humans.indexOf(human), 1)
        for (const user of human.users) merged.users.add(user)
        for (const address of human.addresses) merged.addresses.add(address)
        for (const one of human.held) merged.held.add(one)
      }
      humans.push(merged)
    }
  }
  return humans.map(({ users, addresses, held }) => ({
    who: [...(users.size > 0 ? users : addresses)].toSorted().join(' '),
    addresses,
    held,
  }))
}

export interface PersonTruth {
  who: string
  status: string
  clients: string[]
  connections: number
  projects: number
  keys: number
  level: string
  isPrivileged: boolean
  isExternal: boolean | null
}

/** From the strongest; a role of one's own is last, since it is not known what it amounts to. */
const LEVELS = ['owner', 'admin', 'member', 'billing', 'reader', 'other']

const strongest = (rows: readonly Pick<Reached, 'level'>[]): string =>
  LEVELS.find((level) => rows.some((row) => row.level === level)) ?? 'other'

/** Whether an address is of a known domain: of the agency or of one of some clients. */
export function isKnownAddress({ clients }: World, email: string, slugs: readonly string[]): boolean {
  const domain = email.toLowerCase().split('@')[1] ?? ''
  return clients.some(
    ({ kind, slug, domains }) => (kind === 'internal' || slugs.includes(slug)) && domains.includes(domain),
  )
}

const isHeld = (human: Human, organization: Organization, id: string): boolean =>
  human.held.has(`${organization.id}:${id}`)

export function personTruths(world: World, seen: readonly Seen[], now: number): PersonTruth[] {
  const reached = seen.flatMap((one) =>
    reachedIn(one, now).map((row) => ({ ...row, at: `${row.organization}:${row.account}` })),
  )
  return findHumans(seen, now).flatMap((human) => {
    const places = seen.map(({ organization }) => ({
      organization,
      users: accounts(organization).filter(({ id }) => isHeld(human, organization, id)),
      invites: organization.invites.filter((one) => isOpen(one, now) && isHeld(human, organization, one.id)),
    }))
    const users = places.flatMap((place) => place.users)
    const current = places.filter((place) => place.users.length + place.invites.length > 0)
    const rows = reached.filter(({ at }) => human.held.has(at))
    const counted = users.length > 0 ? rows.filter(({ kind }) => kind === 'user') : rows
    const clients = [...new Set(current.map(({ organization }) => organization.client))].toSorted()
    const level = strongest(counted)
    const [email] = [...users, ...places.flatMap((place) => place.invites)].map((one) => one.email)
    // Who was invited and never came is left out.
    if (current.length === 0 && human.who.includes('@')) return []
    return {
      who: human.who,
      status: users.length > 0 ? 'active' : current.length > 0 ? 'invited' : 'removed',
      clients,
      connections: current.length,
      projects: new Set(
        rows.flatMap(({ organization, project }) => (project === null ? [] : [`${organization}:${project}`])),
      ).size,
      keys: places.flatMap(({ organization }) =>
        organization.keys.filter(
          ({ owner }) => typeof owner !== 'string' && owner.kind === 'user' && isHeld(human, organization, owner.id),
        ),
      ).length,
      level,
      isPrivileged: users.length > 0 && (level === 'owner' || level === 'admin'),
      isExternal: email === undefined ? null : !isKnownAddress(world, email, clients),
    }
  })
}

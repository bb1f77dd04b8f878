import {
  findAuthor,
  findClientRole,
  findGeneration,
  hasAgencyRole,
  isLost,
  listReaders,
  type Membership,
  newest,
} from '../../shared/team/membership.ts'
import { type ClientStream, mayAppend } from '../../shared/domain/team-roles.ts'
import type { TeamBody } from '../../shared/team/operations.ts'
import { fromHex, toHex } from './hex.ts'
import type { Access, LoginRights, ServedStream, TeamAdministration, TeamLog } from './log.ts'
import type { Replica } from './replica.ts'

/** What was made to agree with the signed history. */
export interface Administered {
  readonly access: number
  readonly wraps: number
  /** Statements about logins that this login may not run, for an administrator of the database. */
  readonly sql: readonly string[]
  /** The team was changed meanwhile: what was given may have been taken away by then. Exchange, and administer again. */
  readonly isOvertaken: boolean
  /** Something is left until an owner's device has carried out a grant: administer again at the next contact. */
  readonly isLeft: boolean
}

/** The logins of invites that this device issued: those that may still ask, and those whose time is over. */
export interface InvitedLogins {
  readonly open: ReadonlySet<string>
  readonly over: ReadonlySet<string>
}

const NOT_INVITED: InvitedLogins = { open: new Set(), over: new Set() }

/**
 * Makes the server agree with the signed history: streams, the generation that each accepts, the access of each login, and
 * the keys of each device. An owner's device calls it after a change, and after every contact, since a server that was
 * restored from a backup has former logins again. The device of a lead gives the keys of its clients to those who lack them. Nothing
 * is done by a device that has not read all of `team`. Throws `TeamLogError`.
 */
export async function administer(
  replica: Replica,
  server: TeamLog & TeamAdministration,
  invited: InvitedLogins = NOT_INVITED,
): Promise<Administered> {
  const membership = replica.membership()
  const done = { access: 0, wraps: 0, sql: [] as readonly string[], isOvertaken: false, isLeft: false }
  if (membership === null) return done
  const isOwner = isOwnerNow(replica, membership)
  const led = isOwner ? [] : listLed(replica, membership)
  if (!isOwner && led.length === 0) return done
  const served = await server.listStreams()
  // A device that was removed no longer reads `team`, and would undo its own removal by what it knows.
  const isInStep = async (): Promise<boolean> =>
    !served.has(membership.team) || (await server.heads()).get(membership.team)?.seq === newest(membership)
  if (!(await isInStep()) && !isShutOutByServer(replica, membership, served)) return done
  if (!isOwner) return giveLed(replica, membership, server, served, led)
  for (const [stream, { generation, access }] of toWanted(membership)) {
    const there = served.get(stream)
    if (there === undefined) await server.addStream(stream, generation)
    else if (there.generation !== generation) await server.setGeneration(stream, generation)
    for (const login of new Set([...access.keys(), ...(there?.access.keys() ?? [])])) {
      const wanted = access.get(login) ?? null
      if ((there?.access.get(login) ?? null) === wanted) continue
      await server.setAccess(stream, login, wanted)
      done.access += 1
    }
    if (there !== undefined && there.openedBy !== null) await server.adoptStream(stream)
  }
  for (const scope of membership.keys.keys()) {
    done.wraps += (await wrapForReaders(replica, membership, server, scope)).length
  }
  const logins = new Map([...[...invited.over].map((login) => [login, null] as const), ...toLogins(membership)])
  done.sql = await server.alignLogins(logins, invited.open)
  if (done.access > 0) done.isOvertaken = !(await isInStep())
  return done
}

/**
 * Whether the server took this login's access to `team` away, and no one decided so: it is the only device of an owner, and
 * only owners decide that.
 */
function isShutOutByServer(
  { author }: Replica,
  membership: Membership,
  served: ReadonlyMap<string, ServedStream>,
): boolean {
  const logins = listOwnerLogins(membership)
  const own = membership.devices.get(author.device)?.login ?? ''
  return logins.size === 1 && logins.has(own) && served.get(membership.team)?.access.has(own) === false
}

/** The rights of each device's login; null where the device or its member was removed. */
function toLogins(membership: Membership): ReadonlyMap<string, LoginRights | null> {
  const at = newest(membership)
  return new Map(
    [...membership.devices].map(([uid, { login }]) => {
      const member = findAuthor(membership, uid, at)?.member
      if (member === undefined) return [login, null]
      return [login, hasAgencyRole(membership, member, 'owner', at) ? 'owner' : 'member']
    }),
  )
}

function listOwnerLogins(membership: Membership): Set<string> {
  return new Set([...toLogins(membership)].flatMap(([login, rights]) => (rights === 'owner' ? login : [])))
}

function isOwnerNow({ author }: Replica, membership: Membership): boolean {
  const member = findAuthor(membership, author.device, newest(membership))?.member
  return member !== undefined && hasAgencyRole(membership, member, 'owner', newest(membership))
}

/** The clients of which the member at this device is a lead. */
function listLed({ author }: Replica, membership: Membership): readonly string[] {
  const member = findAuthor(membership, author.device, newest(membership))?.member
  if (member === undefined) return []
  return [...membership.clients.keys()].filter(
    (client) => findClientRole(membership, client, member, newest(membership)) === 'lead',
  )
}

/** Gives the keys of clients, and access with them, to the devices that may have them and have not. */
async function giveLed(
  replica: Replica,
  membership: Membership,
  server: TeamAdministration,
  served: ReadonlyMap<string, ServedStream>,
  clients: readonly string[],
): Promise<Administered> {
  const done = { access: 0, wraps: 0, sql: [], isOvertaken: false, isLeft: false }
  const wanted = toWanted(membership)
  const own = membership.devices.get(replica.author.device)?.login ?? ''
  for (const client of clients) {
    if (served.get(client)?.access.get(own) !== 'lead') {
      done.isLeft = true
      continue
    }
    const given = await wrapForReaders(replica, membership, server, client)
    done.wraps += given.length
    const logins = new Set(given.flatMap((device) => membership.devices.get(device)?.login ?? []))
    if (logins.size === 0) continue
    for (const stream of [client, membership.clients.get(client)?.facts ?? client]) {
      const access = [...(wanted.get(stream)?.access ?? [])].filter(([login]) => logins.has(login))
      await server.giveAccess(stream, new Map(access))
      done.access += access.length
    }
  }
  return done
}

interface Wanted {
  readonly generation: number
  readonly access: ReadonlyMap<string, Access>
}

/** What each stream of the server should be, by the signed history. */
export function toWanted(membership: Membership): ReadonlyMap<string, Wanted> {
  const at = newest(membership)
  const wanted = new Map<string, Wanted>()
  const active = [...membership.devices].flatMap(([uid, { login }]) => {
    const member = findAuthor(membership, uid, at)?.member
    return member === undefined ? [] : [{ login, member }]
  })
  const add = (stream: string, scope: string, find: (member: string) => Access | null): void => {
    const access = active.flatMap(({ login, member }) => {
      const found = find(member)
      return found === null ? [] : ([[login, found]] as const)
    })
    wanted.set(stream, { generation: findGeneration(membership, scope, at)?.generation ?? 1, access: new Map(access) })
  }
  // Every member may enrol a device of their own, and save a view for the agency; what has an effect is decided by the fold.
  add(membership.team, membership.team, () => 'append')
  add(membership.agency, membership.team, () => 'append')
  for (const [client, { facts }] of membership.clients) {
    const findAccess =
      (kind: ClientStream) =>
      (member: string): Access | null => {
        const role = findClientRole(membership, client, member, at)
        if (role === null || role === 'lead') return role
        return mayAppend(kind, role) ? 'append' : 'read'
      }
    add(client, client, findAccess('decisions'))
    add(facts, client, findAccess('facts'))
  }
  return wanted
}

async function wrapForReaders(
  replica: Replica,
  membership: Membership,
  server: TeamAdministration,
  scope: string,
): Promise<readonly string[]> {
  const ring = listRing(replica, membership, scope)
  const current = findGeneration(membership, scope, newest(membership))
  // A device that lacks a generation cannot give the others to anyone.
  return ring === null || current === null ? [] : wrapRing(replica, membership, server, scope, current.commitment, ring)
}

/** What a ring has in the place of a generation that is lost: it fits no commitment. */
const NO_KEY = new Uint8Array(32)

/** All generations of a key, the first first; null when this device lacks one that is not lost. */
function listRing({ crypto, keys }: Replica, membership: Membership, scope: string): readonly Uint8Array[] | null {
  const generations = membership.keys.get(scope)?.generations ?? []
  const ring = generations.flatMap(({ value: { generation, commitment } }) =>
    isLost(membership, scope, generation) ? NO_KEY : (keys.find(crypto, { scope, generation }, commitment) ?? []),
  )
  return ring.length < generations.length ? null : ring
}

/** Wraps a key with its earlier generations for each device that may have it and has not. Returns for which. */
export async function wrapRing(
  { crypto, author }: Pick<Replica, 'crypto' | 'author'>,
  membership: Membership,
  server: TeamAdministration,
  scope: string,
  commitment: string,
  ring: readonly Uint8Array[],
): Promise<readonly string[]> {
  const generation = ring.length
  // What the login of a former owner wrapped may be anything, and so may what that of a lead did.
  const own = membership.devices.get(author.device)?.login ?? ''
  const trusted = listOwnerLogins(membership).add(own)
  const wrapped = await server.listWraps(scope, commitment)
  const have = new Set(wrapped.flatMap(({ device, madeBy }) => (trusted.has(madeBy) ? device : [])))
  const wraps = listReaders(membership, scope).flatMap((device) => {
    const boxKey = membership.devices.get(device)?.boxKey
    if (boxKey === undefined || have.has(device)) return []
    const sealed = crypto.wrapKeys({ scope, generation }, device, fromHex(boxKey), ring)
    return [{ scope, device, generation, commitment, sealed }]
  })
  if (wraps.length > 0) await server.addWraps(wraps)
  return wraps.map(({ device }) => device)
}

const MOST_WAITING = 1000

/**
 * New generations of the keys that are due since a reader was removed or one was lost, as bodies of `key.rotated` for an owner's device to
 * decide. Each is wrapped for those who stay before it is decided: otherwise a key that takes effect could be on one device
 * alone. A key of which this device lacks a generation is left to another owner. Throws `TeamLogError`.
 */
export async function rotateKeys(
  replica: Replica,
  server: TeamAdministration,
): Promise<readonly TeamBody<'key.rotated'>[]> {
  const { crypto, keys } = replica
  const membership = replica.membership()
  if (membership === null || !isOwnerNow(replica, membership)) return []
  const bodies: TeamBody<'key.rotated'>[] = []
  const waiting = replica.waiting(replica.team, MOST_WAITING).filter(({ op }) => op.kind === 'key.rotated')
  const replaced = new Set(waiting.map(({ op }) => op.body['scope']))
  for (const [scope, { due }] of membership.keys) {
    const ring = due === null || replaced.has(scope) ? null : listRing(replica, membership, scope)
    if (ring === null) continue
    const rotated = [...ring, crypto.createKey()]
    const generation = rotated.length
    const commitment = toHex(crypto.commitKey({ scope, generation }, rotated[generation - 1] ?? new Uint8Array()))
    keys.add(scope, rotated)
    await wrapRing(replica, membership, server, scope, commitment, rotated)
    bodies.push({ v: 1, scope, generation, commitment, readers: newest(membership) })
  }
  return bodies
}

/**
 * The generations of a client's key that this device lacks, as bodies of `key.lost` for an owner's device to decide once no other device
 * has them: what they sealed then has no effect, and the client goes on under a new one.
 */
export function listLostKeys(replica: Replica, scope: string): readonly TeamBody<'key.lost'>[] {
  const { crypto, keys } = replica
  const membership = replica.membership()
  const generations = membership?.keys.get(scope)?.generations ?? []
  return generations.flatMap(({ value: { generation, commitment } }) => {
    const isThere = membership === null || isLost(membership, scope, generation)
    if (isThere || keys.find(crypto, { scope, generation }, commitment) !== null) return []
    return [{ v: 1 as const, scope, generation }]
  })
}

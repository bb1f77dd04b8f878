import {
  findAuthor,
  findClientRole,
  findGeneration,
  hasAgencyRole,
  listReaders,
  type Membership,
  newest,
} from '../../shared/team/membership.ts'
import { type ClientStream, mayAppend } from '../../shared/domain/team-roles.ts'
import type { TeamBody } from '../../shared/team/operations.ts'
import { fromHex, toHex } from './hex.ts'
import type { Access, LoginRights, TeamAdministration, TeamLog } from './log.ts'
import type { Replica } from './replica.ts'

/** What was made to agree with the signed history. */
export interface Administered {
  readonly access: number
  readonly wraps: number
  /** Statements about logins that this login may not run, for an administrator of the database. */
  readonly sql: readonly string[]
}

/**
 * Makes the server agree with the signed history: streams, the generation that each accepts, the access of each login, and
 * the keys of each device. An owner's device calls it after a change, and after every contact, since a server that was
 * restored from a backup has former logins again. Nothing is done
 * by a device that is not an owner's, or has not read all of `team`. Throws `TeamLogError`.
 */
export async function administer(replica: Replica, server: TeamLog & TeamAdministration): Promise<Administered> {
  const membership = replica.membership()
  const done = { access: 0, wraps: 0, sql: [] as readonly string[] }
  if (membership === null || !isOwnerNow(replica, membership)) return done
  const served = await server.listStreams()
  // A device that was removed no longer reads `team`, and would undo its own removal by what it knows.
  const newestThere = (await server.heads()).get(membership.team)?.seq
  if (served.has(membership.team) && newestThere !== newest(membership)) return done
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
  }
  for (const scope of membership.keys.keys()) done.wraps += await wrapForReaders(replica, membership, server, scope)
  done.sql = await server.alignLogins(toLogins(membership))
  return done
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

function listOwnerLogins(membership: Membership): ReadonlySet<string> {
  return new Set([...toLogins(membership)].flatMap(([login, rights]) => (rights === 'owner' ? login : [])))
}

function isOwnerNow({ author }: Replica, membership: Membership): boolean {
  const member = findAuthor(membership, author.device, newest(membership))?.member
  return member !== undefined && hasAgencyRole(membership, member, 'owner', newest(membership))
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
        if (role === null) return null
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
): Promise<number> {
  const ring = listRing(replica, membership, scope)
  const current = findGeneration(membership, scope, newest(membership))
  // A device that lacks a generation cannot give the others to anyone.
  return ring === null || current === null ? 0 : wrapRing(replica, membership, server, scope, current.commitment, ring)
}

/** All generations of a key, the first first; null when this device lacks one. */
function listRing({ crypto, keys }: Replica, membership: Membership, scope: string): readonly Uint8Array[] | null {
  const generations = membership.keys.get(scope)?.generations ?? []
  const ring = generations.flatMap(
    ({ value }) => keys.find(crypto, { scope, generation: value.generation }, value.commitment) ?? [],
  )
  return ring.length < generations.length ? null : ring
}

/** Wraps a key with its earlier generations for each device that may have it and has not. Returns for how many. */
export async function wrapRing(
  { crypto }: Replica,
  membership: Membership,
  server: TeamAdministration,
  scope: string,
  commitment: string,
  ring: readonly Uint8Array[],
): Promise<number> {
  const generation = ring.length
  // What a former owner's login wrapped may be anything.
  const owners = listOwnerLogins(membership)
  const wrapped = await server.listWraps(scope, commitment)
  const have = new Set(wrapped.flatMap(({ device, madeBy }) => (owners.has(madeBy) ? device : [])))
  const wraps = listReaders(membership, scope).flatMap((device) => {
    const boxKey = membership.devices.get(device)?.boxKey
    if (boxKey === undefined || have.has(device)) return []
    const sealed = crypto.wrapKeys({ scope, generation }, device, fromHex(boxKey), ring)
    return [{ scope, device, generation, commitment, sealed }]
  })
  if (wraps.length > 0) await server.addWraps(wraps)
  return wraps.length
}

const MOST_WAITING = 1000

/**
 * New generations of the keys that are due since a reader was removed, as bodies of `key.rotated` for an owner's device to
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

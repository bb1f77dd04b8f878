import {
  findAuthor,
  findClientRole,
  findGeneration,
  listReaders,
  type Membership,
  newest,
} from '../../shared/team/membership.ts'
import { type ClientStream, mayAppend } from '../../shared/team/roles.ts'
import { fromHex } from './hex.ts'
import type { Access, TeamAdministration } from './log.ts'
import type { Replica } from './replica.ts'

/** What was made to agree with the signed history. */
export interface Administered {
  readonly access: number
  readonly wraps: number
}

/**
 * Makes the server agree with the signed history: streams, the generation that each accepts, the access of each login, and
 * the keys of each device. An owner's device calls it after a change, and after every contact, since a server that was
 * restored from a backup has former logins again. Throws `TeamLogError`.
 */
export async function administer(replica: Replica, server: TeamAdministration): Promise<Administered> {
  const membership = replica.membership()
  if (membership === null) return { access: 0, wraps: 0 }
  const served = await server.listStreams()
  const done = { access: 0, wraps: 0 }
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
  // Every member may enrol a device of their own, so every member may append to `team`; what has an effect is decided by the fold.
  add(membership.team, membership.team, () => 'append')
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
  { crypto, keys }: Replica,
  membership: Membership,
  server: TeamAdministration,
  scope: string,
): Promise<number> {
  const generations = membership.keys.get(scope)?.generations ?? []
  const ring = generations.flatMap(
    ({ value }) => keys.find(crypto, { scope, generation: value.generation }, value.commitment) ?? [],
  )
  // A device that lacks a generation cannot give the others to anyone.
  if (ring.length < generations.length) return 0
  const generation = generations.length
  const have = new Set(await server.listWraps(scope, generation))
  const wraps = listReaders(membership, scope).flatMap((device) => {
    const boxKey = membership.devices.get(device)?.boxKey
    if (boxKey === undefined || have.has(device)) return []
    const sealed = crypto.wrapKeys({ scope, generation }, device, fromHex(boxKey), ring)
    return [{ scope, device, generation, sealed }]
  })
  if (wraps.length > 0) await server.addWraps(wraps)
  return wraps.length
}

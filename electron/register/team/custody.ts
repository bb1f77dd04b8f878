import { isProviderId, readsFile } from '../../../shared/domain/providers/providers.ts'
import { mayAppend } from '../../../shared/domain/team-roles.ts'
import { findAuthor, findClientRole, type Membership, newest } from '../../../shared/team/membership.ts'
import { listConnections } from '../connections/connection.ts'
import { type Custody, listCustodians, listCustody } from '../connections/custodians.ts'
import type { Reader } from '../db/handles.ts'
import { readTeamPlace } from './place.ts'
import { readMembership } from './read-membership.ts'

/** A device of the team that can read a connection. `since`: milliseconds. */
export interface ReadBy {
  readonly device: string
  /** The name of its member. */
  readonly member: string
  /** This device. */
  readonly own: boolean
  readonly since: number
}

/** The name of a device's member who may read a client; null for one that may not, or does not belong to the team any more. */
function findReader(membership: Membership, device: string, clientUid: string): string | null {
  const at = newest(membership)
  const member = findAuthor(membership, device, at)?.member
  if (member === undefined) return null
  const role = findClientRole(membership, clientUid, member, at)
  if (role === null || !mayAppend('facts', role)) return null
  return membership.members.get(member)?.name ?? null
}

/** The devices that have a credential of a connection and may read it, by its number; null in a register without a team. */
export function listReadBy(reader: Reader): ReadonlyMap<number, readonly ReadBy[]> | null {
  const membership = readMembership(reader)
  if (membership === null) return null
  const own = readTeamPlace(reader)?.device
  const found = listCustodians(reader).flatMap(({ connection, device, since, clientUid }) => {
    const member = findReader(membership, device, clientUid)
    return member === null ? [] : [{ connection, device, member, own: device === own, since }]
  })
  const grouped = Map.groupBy(found, ({ connection }) => connection)
  return new Map([...grouped].map(([connection, devices]) => [connection, devices.map(toReadBy)]))
}

function toReadBy({ device, member, own, since }: ReadBy): ReadBy {
  return { device, member, own, since }
}

/** The connections of clients of the team that a provider's API would show, and that no device of it can read. */
export function listUnread(reader: Reader): readonly { readonly client: string; readonly connection: string }[] {
  const membership = readMembership(reader)
  const readBy = listReadBy(reader)
  if (membership === null || readBy === null) return []
  const uids = new Map(
    reader
      .all<{ readonly uid: string; readonly slug: string }>('SELECT uid, slug FROM client WHERE archived_at IS NULL')
      .map(({ uid, slug }) => [slug, uid]),
  )
  return listConnections(reader, {})
    .filter(({ id, client, provider }) => {
      const isOfTeam = membership.clients.has(uids.get(client.slug) ?? '')
      return isOfTeam && isProviderId(provider) && !readsFile(provider) && !readBy.has(id)
    })
    .map(({ client, label }) => ({ client: client.slug, connection: label }))
}

/** What this device may place about its credentials: of connections that its member may read. Nothing in a register without a team. */
export function listOwnCustody(reader: Reader): readonly (Custody & { readonly device: string })[] {
  const membership = readMembership(reader)
  const device = readTeamPlace(reader)?.device
  if (membership === null || device === undefined) return []
  return listCustody(reader, device)
    .filter(({ clientUid }) => membership.clients.has(clientUid) && findReader(membership, device, clientUid) !== null)
    .map((custody) => ({ ...custody, device }))
}

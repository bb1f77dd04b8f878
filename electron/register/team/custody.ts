import { isProviderId, readsFile } from '../../../shared/domain/providers/providers.ts'
import { findPerson, mayDecide } from '../../../shared/team/rights.ts'
import { listConnections } from '../connections/connection.ts'
import { type Custody, listCustodians, listCustody } from '../connections/custodians.ts'
import type { Reader } from '../db/handles.ts'
import { findName, readCards } from './logs.ts'
import { readTeamPlace } from './place.ts'

/** A device of the team that can read a connection. `since`: milliseconds. */
export interface ReadBy {
  readonly device: string
  /** The name of its member. */
  readonly member: string
  /** This device. */
  readonly own: boolean
  readonly since: number
}

/** The name of a device's member who may read a client's connections; null for one that may not, or is in the log no more. */
function findReader(reader: Reader, device: string, clientUid: string): string | null {
  const card = readCards(reader, clientUid, 1)[0]?.card
  const person = card === undefined ? null : findPerson(card, device)
  if (card === undefined || person === null) return null
  return mayDecide({ kind: 'reading.taken', body: { v: 1 } }, person.role, card.kind)
    ? findName(reader, clientUid, person.member)
    : null
}

/** The devices that have a credential of a connection and may read it, by its number; null in a register without a team. */
export function listReadBy(reader: Reader): ReadonlyMap<number, readonly ReadBy[]> | null {
  const own = readTeamPlace(reader)?.device
  if (own === undefined) return null
  const found = listCustodians(reader).flatMap(({ connection, device, since, clientUid }) => {
    const member = findReader(reader, device, clientUid)
    return member === null ? [] : [{ connection, device, member, own: device === own, since }]
  })
  const grouped = Map.groupBy(found, ({ connection }) => connection)
  return new Map(
    [...grouped].map(([connection, devices]) => [
      connection,
      devices.map(({ device, member, own: isOwn, since }) => ({ device, member, own: isOwn, since })),
    ]),
  )
}

/** The connections of clients of the team that a provider's API would show, and that no device of it can read. */
export function listUnread(reader: Reader): readonly { readonly client: string; readonly connection: string }[] {
  const readBy = listReadBy(reader)
  if (readBy === null) return []
  const inTeam = new Set(
    reader.column<string>('SELECT c.slug FROM client c JOIN team_log l ON l.log = c.uid WHERE c.archived_at IS NULL'),
  )
  return listConnections(reader, {})
    .filter(
      ({ id, client, provider }) =>
        inTeam.has(client.slug) && isProviderId(provider) && !readsFile(provider) && !readBy.has(id),
    )
    .map(({ client, label }) => ({ client: client.slug, connection: label }))
}

/** What this device may place about its credentials: of connections that its member may read. Nothing in a register without a team. */
export function listOwnCustody(reader: Reader): readonly (Custody & { readonly device: string })[] {
  const device = readTeamPlace(reader)?.device
  if (device === undefined) return []
  return listCustody(reader, device)
    .filter(({ clientUid }) => findReader(reader, device, clientUid) !== null)
    .map((custody) => ({ ...custody, device }))
}

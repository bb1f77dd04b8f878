import { applyTeamOperation } from '../../shared/team/fold-team.ts'
import { findAuthor, hasAgencyRole, newest } from '../../shared/team/membership.ts'
import type { TeamBody } from '../../shared/team/operations.ts'
import { wrapRing } from './administer.ts'
import { toHex } from './hex.ts'
import type { TeamAdministration } from './log.ts'
import type { Replica } from './replica.ts'

/**
 * The body of `client.opened` for a device to decide: a new client with a key of its own. The key is wrapped for the owners, and for
 * the member's other devices, before it is decided: otherwise one that takes effect could be on one device alone. `facts`: the name of
 * its second stream. Null where the device is none of the team. Throws `TeamLogError`.
 */
export async function openClient(
  replica: Replica,
  server: TeamAdministration,
  clientUid: string,
  facts: string,
): Promise<TeamBody<'client.opened'> | null> {
  const { crypto, keys, author } = replica
  const membership = replica.membership()
  const member = membership === null ? undefined : findAuthor(membership, author.device, newest(membership))?.member
  if (membership === null || member === undefined) return null
  const key = crypto.createKey()
  const commitment = toHex(crypto.commitKey({ scope: clientUid, generation: 1 }, key))
  const body = { v: 1, clientUid, facts, commitment } as const
  const opened = applyTeamOperation(membership, { kind: 'client.opened', body }, author.device)
  if (typeof opened === 'string') return null
  keys.add(clientUid, [key])
  if (!hasAgencyRole(membership, member, 'owner', newest(membership))) {
    // An owner's device makes them by the signed history; that of a member may give keys only where it is a lead.
    for (const stream of [clientUid, facts]) await server.openStream(stream)
  }
  await wrapRing(replica, opened, server, clientUid, commitment, [key])
  return body
}

import type { TeamBody } from '../../shared/team/operations.ts'
import { wrapRing } from './administer.ts'
import { toHex } from './hex.ts'
import type { TeamAdministration } from './log.ts'
import type { Replica } from './replica.ts'

/**
 * The body of `client.opened` for an owner's device to decide: a new client with a key of its own. The key is wrapped for
 * the owners before it is decided: otherwise one that takes effect could be on one device alone. `facts`: the name of its
 * second stream. Throws `TeamLogError`.
 */
export async function openClient(
  replica: Replica,
  server: TeamAdministration,
  clientUid: string,
  facts: string,
): Promise<TeamBody<'client.opened'> | null> {
  const { crypto, keys } = replica
  const membership = replica.membership()
  if (membership === null) return null
  const key = crypto.createKey()
  const commitment = toHex(crypto.commitKey({ scope: clientUid, generation: 1 }, key))
  keys.add(clientUid, [key])
  await wrapRing(replica, membership, server, clientUid, commitment, [key])
  return { v: 1, clientUid, facts, commitment }
}

import { findAuthor, findClientRole, findGrantedRole, type Membership, newest } from './membership.ts'

/** How many clients the device of an owner or auditor reads without being asked, beside those of a role by name. */
export const MOST_HELD_UNASKED = 200

/** The two streams of a client, decisions first. */
type ClientStreams = readonly [decisions: string, facts: string]

/** What this device adds to the rule of which clients it reads. */
interface Holds {
  /** The clients that the person at this device asked for. */
  readonly asked: ReadonlySet<string>
  /** Whether this device has begun to read a stream, or something waits here for it: what was read stays. */
  readonly hasBegun: (stream: string) => boolean
  /** How many are read without being asked for. */
  readonly most: number
}

/** The streams of each client that the member of a device may see, in the order in which the team opened them; by the signed history and not by the server. */
export function listSeenClients(membership: Membership | null, device: string): readonly ClientStreams[] {
  if (membership === null) return []
  const at = newest(membership)
  const author = findAuthor(membership, device, at)
  if (author === null) return []
  return [...membership.clients].flatMap(([client, { facts }]): readonly ClientStreams[] =>
    findClientRole(membership, client, author.member, at) === null ? [] : [[client, facts]],
  )
}

/**
 * The streams that a device reads beside `team`, those of a client together; none once it does not belong to the team. Of the clients that
 * its member may see: each of which the member has a role by name, a number of others, what it was asked for, and what it has begun.
 */
export function listReadStreams(
  membership: Membership | null,
  device: string,
  { asked, hasBegun, most }: Holds,
): readonly (readonly string[])[] {
  if (membership === null) return []
  const at = newest(membership)
  const member = findAuthor(membership, device, at)?.member
  if (member === undefined) return []
  let unnamed = 0
  const held = listSeenClients(membership, device).filter((streams) => {
    const [client] = streams
    if (findGrantedRole(membership, client, member, at) !== null) return true
    unnamed += 1
    return unnamed <= most || asked.has(client) || streams.some(hasBegun)
  })
  return [[membership.agency], ...held]
}

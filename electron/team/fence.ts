import {
  findAuthor,
  findClientRole,
  findStream,
  hasAgencyRole,
  type Membership,
  newest,
  type StreamUse,
} from '../../shared/team/membership.ts'
import { type AuthorRole, losesRight } from '../../shared/team/rights.ts'
import { findAuthorRole } from './read-entry.ts'
import type { Replica } from './replica.ts'

/**
 * The streams in which a device that lost a right could still place an entry with an effect, if the owner of the server
 * helps it: nothing there rests on the loss yet; and those beside a stream that stopped at an entry which an owner declared void, until
 * an entry rests on the declaration. An owner's device places an operation of the kind `FENCE` in each that it holds, and that of a lead
 * in those of its clients, of which perhaps no owner's device holds one. None that is stopped here, or in which something waits, since
 * that rests on the loss once it is placed.
 */
export function listUnfenced(replica: Replica): readonly string[] {
  const membership = replica.membership()
  if (membership === null) return []
  const member = findAuthor(membership, replica.author.device, newest(membership))?.member
  if (member === undefined) return []
  const isLead = ({ kind, scope }: StreamUse): boolean =>
    kind === 'agency'
      ? hasAgencyRole(membership, member, 'owner', newest(membership))
      : findClientRole(membership, scope, member, newest(membership)) === 'lead'
  return replica
    .listRead()
    .flat()
    .filter((stream) => {
      const use = findStream(membership, stream)
      const { place, stopped } = replica.stream(stream)
      if (stopped !== null || replica.waiting(stream, 1).length > 0) return false
      if (use === null || !isLead(use)) return false
      return hasLossAfter(membership, use, place.floor) || hasVoidAfter(replica, membership, use, place.floor)
    })
}

/** Whether the other stream of a client stopped at an entry that was declared void after the position that the entries of this one rest on. */
function hasVoidAfter(replica: Replica, { voided, clients }: Membership, use: StreamUse, floor: number): boolean {
  const other = use.kind === 'facts' ? use.scope : clients.get(use.scope)?.facts
  const stopped = other === undefined ? null : replica.stream(other).stopped
  if (stopped?.reason !== 'rests-missing') return false
  return voided.entries().some(([name, at]) => at > floor && name.startsWith(`${stopped.stream} ${stopped.seq} `))
}

/** Whether a device lost a right in a stream at a position of `team` after the one that its entries rest on. */
function hasLossAfter(membership: Membership, use: StreamUse, floor: number): boolean {
  return listChanges(membership, use).some(
    ({ at, member, device }) =>
      at > floor && at <= newest(membership) && hasLossAt(membership, use, at, member, device),
  )
}

function hasLossAt(
  membership: Membership,
  use: StreamUse,
  at: number,
  ofMember: string,
  ofDevice: string | null,
): boolean {
  const findRole = (device: string, when: number): AuthorRole | null => {
    const author = findAuthor(membership, device, when)
    return author === null ? null : findAuthorRole(membership, use, author.member, when)
  }
  return membership.devices
    .entries()
    .some(
      ([device, { member }]) =>
        member === ofMember &&
        (ofDevice === null || device === ofDevice) &&
        losesRight(findRole(device, at - 1), findRole(device, at)),
    )
}

interface Change {
  readonly at: number
  readonly member: string
  /** Null: all devices of the member. */
  readonly device: string | null
}

/** The positions of `team` at which someone may have lost a right in a stream. */
function listChanges({ devices, members, clients }: Membership, { scope }: StreamUse): readonly Change[] {
  const ended = [...devices].flatMap(([device, { member, until }]) =>
    until === null ? [] : [{ at: until, member, device }],
  )
  const left = [...members].flatMap(([member, { until }]) =>
    until === null ? [] : [{ at: until, member, device: null }],
  )
  // A member has no device before the first roles.
  const roles = [
    ...[...members].map(([member, each]) => [member, each.roles.slice(1)] as const),
    ...(clients.get(scope)?.roles ?? []),
  ].flatMap(([member, list]) => list.map(({ from }) => ({ at: from, member, device: null })))
  return [...ended, ...left, ...roles]
}

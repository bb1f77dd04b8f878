import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { TeamDecided, TeamMember } from '../../../shared/contract/team.ts'
import type { Membership } from '../../../shared/team/membership.ts'
import { findClientId, type Context, getReader } from '../core/context.ts'
import { readUid } from '../core/operations.ts'
import { listLostKeys } from '../../team/administer.ts'
import { nameBlockingEntry } from '../../team/void-entry.ts'
import { notFound, Refusal } from '../kit/refusal.ts'
import { decideTeam } from './decide.ts'
import { exchangeTeam } from './exchange-team.ts'
import { adoptForks } from './forks.ts'
import { findClientUid } from './holds.ts'
import { expectMembership, isOwner } from './membership.ts'
import { findMember, listMembers } from './members.ts'
import { openTeam, type OpenTeam } from './open-team.ts'
import { toVoidRefusal } from './refusal.ts'
import { type TeamDecision, waitDecisions } from './wait.ts'

export { initTeam } from './init.ts'
export { invite } from './invites.ts'
export { joinTeam } from './join.ts'
export { moveTeam } from './move.ts'
export { openTeam } from './open-team.ts'
export { readStatus } from './status.ts'
export { verifyTeam } from './verify.ts'
export { exchangeTeam } from './exchange-team.ts'
export { holdClients, readUnheld } from './holds.ts'

export async function readMembers(context: Context): Promise<TeamMember[]> {
  const team = await openTeam(context)
  return listMembers(getReader(context), expectMembership(team), team.place.device)
}

export async function grant(context: Context, input: Inputs['team']['grant']): Promise<TeamDecided> {
  const team = await openTeam(context)
  const membership = expectMembership(team)
  const memberUid = findMember(membership, input.member)
  const subject = nameOf(membership, memberUid)
  if ('roles' in input) {
    const body = { memberUid, roles: [...input.roles] }
    return decideTeam(context, team, [{ kind: 'member.roles-set', subject, body }])
  }
  const clientUid = await findClientUid(context, team, membership, input.client)
  return decideTeam(context, team, [
    { kind: 'access.granted', subject, body: { clientUid, memberUid, role: input.role } },
  ])
}

export async function revoke(context: Context, input: Inputs['team']['revoke']): Promise<TeamDecided> {
  const team = await openTeam(context)
  return decideTeam(context, team, [await toRevocation(context, team, input)])
}

async function toRevocation(context: Context, team: OpenTeam, input: Inputs['team']['revoke']): Promise<TeamDecision> {
  const membership = expectMembership(team)
  if ('device' in input) {
    const member = membership.devices.get(input.device)?.member
    if (member === undefined)
      throw notFound(`A device ${JSON.stringify(input.device)}`, 'List them: castellan team member list.')
    return { kind: 'device.revoked', subject: nameOf(membership, member), body: { deviceUid: input.device } }
  }
  const memberUid = findMember(membership, input.member)
  const subject = nameOf(membership, memberUid)
  if (!('client' in input)) return { kind: 'member.removed', subject, body: { memberUid } }
  const clientUid = await findClientUid(context, team, membership, input.client)
  return { kind: 'access.revoked', subject, body: { clientUid, memberUid } }
}

function nameOf({ members }: Membership, uid: string): string {
  return members.get(uid)?.name ?? uid
}

/** Declares void the entries at which logs stopped since they rest on others that were never placed, or adopts the server's histories. */
export async function mend(
  context: Context,
  { adopt = [] }: Inputs['team']['mend'] = {},
): Promise<Outputs['team']['mend']> {
  const team = await openTeam(context)
  if (adopt.length > 0) return adoptHistories(context, team, adopt)
  if (!isOwner(team)) throw toVoidRefusal('not-allowed')
  // What they rest on may have come by now.
  await exchangeTeam(context, team, true)
  const decisions: TeamDecision[] = []
  for (const stream of team.replica.listRead().flat()) {
    const body = await nameBlockingEntry(team.replica, team.log, stream)
    if (body !== null) decisions.push({ kind: 'entry.voided', subject: stream, body })
  }
  const done = await decideTeam(context, team, decisions)
  return { ...done, mended: done.effect === 'effective' ? decisions.length : 0 }
}

async function adoptHistories(
  context: Context,
  team: OpenTeam,
  adopt: readonly string[],
): Promise<Outputs['team']['mend']> {
  const { replica } = team
  await exchangeTeam(context, team, true)
  const seen = [replica.team, ...replica.listRead().flat()]
  const stopped = seen.flatMap((stream) => replica.stream(stream).stopped ?? [])
  const { adopted, decisions } = await adoptForks(team, stopped, adopt)
  const done = await decideTeam(context, team, decisions)
  // What was decided on the history that was left is placed again.
  await exchangeTeam(context, team, true)
  return { ...done, mended: adopted + (done.effect === 'effective' ? decisions.length : 0) }
}

/** Decides whether changes of a client, or of all, need a second member's approval before they are sent. */
export async function requireApprovals(
  context: Context,
  { client, required }: Inputs['team']['requireApprovals'],
): Promise<TeamDecided> {
  const team = await openTeam(context)
  const clientUid = client === null ? null : readUid(getReader(context), 'client', findClientId(context, client))
  const subject = `${client ?? 'all clients'}, ${required ? 'required' : 'not required'}`
  return decideTeam(context, team, [{ kind: 'approvals.required', subject, body: { clientUid, required } }])
}

/** Replaces the keys that are due, and one that is lost: an exchange of an owner's device does it. */
export async function rotate(context: Context, input: Inputs['team']['rotate']): Promise<Outputs['team']['rotate']> {
  const lost = input?.lost
  const team = await openTeam(context)
  if (!isOwner(team)) throw toVoidRefusal('not-allowed')
  const before = countKeys(team)
  if (lost !== undefined) {
    // Another device may have given the key by now.
    await exchangeTeam(context, team, true)
    waitDecisions(context, team, listLost(context, team, lost))
  }
  await exchangeTeam(context, team, true)
  const { problem, sql } = team.contact
  return {
    rotated: countKeys(team) - before,
    effect: problem === null ? 'effective' : 'waiting',
    problem,
    sql: [...sql],
  }
}

function listLost(context: Context, team: OpenTeam, named: string): readonly TeamDecision[] {
  const membership = expectMembership(team)
  // This register does not have a client whose first entries it could not read.
  const scope = membership.clients.has(named)
    ? named
    : readUid(getReader(context), 'client', findClientId(context, named))
  const bodies = listLostKeys(team.replica, scope)
  if (bodies.length === 0) {
    throw new Refusal(
      'CONFLICT',
      `This device has every key of ${JSON.stringify(named)}, so none is declared lost.`,
      'See the streams that stopped: castellan team status.',
    )
  }
  return bodies.map((body) => ({ kind: 'key.lost', subject: named, body }))
}

function countKeys({ replica }: OpenTeam): number {
  const keys = replica.membership()?.keys.values() ?? []
  return [...keys].reduce((sum, { generations }) => sum + generations.length, 0)
}

import type { Inputs, Outputs } from './contract.ts'
import { CLIENT_ROLES } from '../../../shared/domain/team-roles.ts'
import { dropAskedBack, keepAskedBack } from '../../register/team-log/asked.ts'
import { forgetTeam, writeTeamPlace } from '../../register/team-log/place.ts'
import { findFork } from '../../team-log/fork.ts'
import { leaveTeam } from '../../team-log/leave.ts'
import { type Change, change } from '../../team-log/members.ts'
import { moveTeam } from '../../team-log/move.ts'
import { createPaper } from '../../team-log/paper.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { assertWritable, commit, type Context, getReader } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { exchangeTeam } from './exchange-team.ts'
import { findServers, openTeam, type OpenTeam, readPlace } from './open-team.ts'
import { findLog, findMember, isOwner, listSlugs } from './people.ts'
import { notAllowed, toTeamRefusal } from './refusal.ts'

type Done = Outputs['setRole']

/** Places a change of the team now. Throws `Refusal`, also where the server does not answer: a change of the team does not wait. */
export async function placeChange(context: Context, team: OpenTeam, asked: Change): Promise<void> {
  assertWritable(context)
  try {
    const { effect } = await team.inTurn(() => change(team.device, asked))
    if (effect === 'not-allowed') throw notAllowed()
    if (effect === 'last-owner') {
      throw new Refusal('CONFLICT', 'The team would have no owner who can change it.', 'Make another member an owner first.')
    }
  } catch (error) {
    throw toTeamRefusal(error)
  }
  // What follows from it, such as names, and its problems in the status.
  await exchangeTeam(context, team).catch(() => undefined)
}

export async function setRole(context: Context, input: Inputs['setRole']): Promise<Done> {
  const team = await openTeam(context)
  const reader = getReader(context)
  const member = findMember(reader, team.device, input.member)
  const name = member.name ?? member.email ?? member.uid
  if (input.client === null) {
    const { role } = input
    if (role === null) {
      await placeChange(context, team, { what: 'remove', member: member.uid })
      return { sentence: `${name} and their devices left the team. The keys that they had are replaced.` }
    }
    const change: Change = { what: 'role', log: null, member: member.uid, role: role === 'guest' ? null : role }
    await placeChange(context, team, change)
    return { sentence: `${name} has the role ${role} in the agency.` }
  }
  const log = findLog(reader, team.device, input.client)
  const role = CLIENT_ROLES.find((each) => each === input.role) ?? null
  await placeChange(context, team, { what: 'role', log, member: member.uid, role })
  const client = listSlugs(reader).get(log) ?? input.client
  return {
    sentence: role === null ? `${name} reads nothing new of ${client}.` : `${name} has the role ${role} for ${client}.`,
  }
}

export async function revokeDevice(context: Context, { device }: Inputs['revokeDevice']): Promise<Done> {
  await placeChange(context, await openTeam(context), { what: 'device', device })
  return { sentence: 'The device is shut out, and the keys that it had are replaced.' }
}

export async function requireApprovals(context: Context, input: Inputs['requireApprovals']): Promise<Done> {
  const team = await openTeam(context)
  const { client, required } = input
  const all = team.device.store.logs().flatMap(({ log, kind }) => (kind === 'client' ? log : []))
  const logs = client === null ? all : [findLog(getReader(context), team.device, client)]
  for (const log of logs) await placeChange(context, team, { what: 'approvals', log, required })
  const words = client ?? counted(logs.length, 'client')
  return { sentence: `Changes of ${words} ${required ? 'need the approval of a second member' : 'need no approval'} from now on.` }
}

/** Replaces the recovery device of the team; its code is returned once. */
export async function replacePaper(context: Context): Promise<Outputs['paper']> {
  const team = await openTeam(context)
  if (!isOwner(team.device)) throw notAllowed()
  const { code, seed } = createPaper(team.device, readPlace(context).server)
  await placeChange(context, team, { what: 'paper', seed })
  return { code }
}

/** Decides where a log stopped, by the head of a choice that the status has. Throws `Refusal` NOT_FOUND for another head. */
export async function resolve(context: Context, { log, head }: Inputs['resolve']): Promise<Done> {
  const team = await openTeam(context)
  const chosen = findFork(team.device.store, log).find((each) => Buffer.from(each.head).toString('hex') === head)
  if (chosen === undefined) {
    throw new Refusal('NOT_FOUND', 'The log has no such choice now.', 'See the choices: castellan team status.')
  }
  const { at, what } = chosen
  await placeChange(context, team, { what: what === 'pass' ? 'pass' : 'fork', log, at, head })
  return {
    sentence:
      what === 'pass'
        ? 'Every device passes that batch over.'
        : 'That history counts from now on. What was decided on the other one waits again.',
  }
}

/** Moves the team to another server, or this device alone where its member is no owner, or only the certificate changed. */
export async function move(context: Context, input: Inputs['move']): Promise<Done> {
  assertWritable(context)
  const { host, port = 5432, database = 'castellan', authority = null } = input
  const [server, place] = [{ host, port, database, authority }, readPlace(context)]
  const before = await openTeam(context)
  const isElsewhere = host !== place.server.host || port !== place.server.port || database !== place.server.database
  const there = findServers(context).open({ ...before.address, ...server }, place.team)
  try {
    const heads = await there.heads(null)
    if (isOwner(before.device)) {
      await before.inTurn(() => moveTeam(before.device, isElsewhere ? there : before.device.server, { ...server, server: heads.server }))
    }
  } catch (error) {
    throw toTeamRefusal(error)
  } finally {
    await there.close()
  }
  commit(context, ['app'], ({ writer }) => writeTeamPlace(writer, { ...place, server }))
  await exchangeTeam(context, await openTeam(context))
  return { sentence: `This device exchanges with ${host} from now on.` }
}

/** Ends this device in the team; what the register holds stays. */
export async function leave(context: Context): Promise<Done> {
  assertWritable(context)
  const team = await openTeam(context)
  try {
    await team.inTurn(() => leaveTeam(team.device))
  } catch (error) {
    throw toTeamRefusal(error)
  }
  const name = team.device.store.log(team.device.team)?.card?.card.team?.name ?? 'the team'
  commit(context, ['app'], ({ writer, note }) => {
    forgetTeam(writer)
    note({ action: 'team.left', client: null, subject: name, body: { team: team.device.team } })
  })
  return { sentence: `This device left ${name}. What it read stays here.` }
}

/** Decides again, or gives up, what was asked back. */
export async function answerAsked(context: Context, { uids }: Inputs['keep'], isKept: boolean): Promise<Done> {
  const team = await openTeam(context)
  commit(context, [], ({ writer, at }) => {
    for (const uid of uids) {
      if (isKept) keepAskedBack(writer, uid, at)
      else dropAskedBack(writer, uid)
    }
  })
  await exchangeTeam(context, team).catch(() => undefined)
  return { sentence: `${counted(uids.length, 'decision')} ${isKept ? 'kept' : 'dropped'}.` }
}

import type { Inputs, Outputs } from './contract.ts'
import { CLIENT_ROLES } from '../../../shared/domain/team-roles.ts'
import { dropAskedBack, keepAskedBack } from '../../register/team/asked.ts'
import { forgetTeam, writeTeamPlace } from '../../register/team/place.ts'
import { leaveTeam } from '../../team/leave.ts'
import type { CardEffect } from '../../team/cards.ts'
import { type Change, change, listChoices } from '../../team/members.ts'
import { replacePaper as makePaper } from '../../team/paper.ts'
import { TeamServerError } from '../../team/server.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { assertWritable, commit, type Context, getReader } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { exchangeTeam } from './exchange-team.ts'
import { closeTeam } from './gate.ts'
import { findServers, openTeam, type OpenTeam, readPlace } from './open-team.ts'
import { findLog, findMember, isOwner, listSlugs } from './people.ts'
import { notAllowed, toTeamRefusal } from './refusal.ts'

type Done = Outputs['setRole']

/** Places a change of the team now. Throws `Refusal`, also where the server does not answer: a change of the team does not wait. */
export async function placeChange(context: Context, team: OpenTeam, asked: Change): Promise<void> {
  assertWritable(context)
  await carryOut(team, () => change(team.device, asked))
  // What follows from it, such as names, and its problems in the status.
  await exchangeTeam(context, team).catch(() => undefined)
}

/** Runs work on the cards of a team in turn. Throws `Refusal` where they do not allow it. */
async function carryOut(team: OpenTeam, work: () => Promise<CardEffect>): Promise<void> {
  try {
    const effect = await team.inTurn(work)
    if (effect === 'not-allowed') throw notAllowed()
    if (effect === 'last-owner') {
      throw new Refusal(
        'CONFLICT',
        'The team would have no owner who can change it.',
        'Make another member an owner first.',
      )
    }
  } catch (error) {
    throw toTeamRefusal(error)
  }
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
  return {
    sentence: `Changes of ${words} ${required ? 'need the approval of a second member' : 'need no approval'} from now on.`,
  }
}

/** Replaces the recovery device of the team; its code is returned once. */
export async function replacePaper(context: Context): Promise<Outputs['paper']> {
  const team = await openTeam(context)
  if (!isOwner(team.device)) throw notAllowed()
  try {
    return { code: await team.inTurn(() => makePaper(team.device, readPlace(context).server)) }
  } catch (error) {
    throw toTeamRefusal(error)
  }
}

/** Decides where a log stopped, by the head of a choice that the status has. Throws `Refusal` NOT_FOUND for another head. */
export async function resolve(context: Context, { log, head }: Inputs['resolve']): Promise<Done> {
  const team = await openTeam(context)
  const chosen = listChoices(team.device.store, log).find((each) => Buffer.from(each.head).toString('hex') === head)
  if (chosen === undefined) {
    throw new Refusal('NOT_FOUND', 'The log has no such choice now.', 'See the choices: castellan team status.')
  }
  await placeChange(context, team, { what: 'choose', log, head: chosen.head })
  return {
    sentence:
      chosen.what === 'pass'
        ? 'Every device passes that batch over.'
        : 'That history counts from now on. What was decided on the other one waits again.',
  }
}

/**
 * Has this device look at another address, and as an owner the whole team: that server has the team's database, restored from a dump with its
 * logins, or is the same one under another certificate. What the dump lacks is filled from here.
 */
export async function move(context: Context, input: Inputs['move']): Promise<Done> {
  assertWritable(context)
  const { host, port = 5432, database = 'castellan', authority = null } = input
  const [server, place] = [{ host, port, database, authority }, readPlace(context)]
  const before = await openTeam(context)
  const there = findServers(context).open({ ...before.address, ...server })
  try {
    const { server: uid } = await there.heads(null)
    commit(context, ['app'], ({ writer }) => writeTeamPlace(writer, { ...place, server }))
    if (isOwner(before.device)) {
      const { name } = before.device.store.log(place.team)?.card?.card.team ?? { name: '' }
      const asked: Change = { what: 'place', team: { name, ...server, server: uid } }
      // The former server shows it to the others, unless it does not answer any more.
      await before
        .inTurn(() => change(before.device, asked))
        .catch((error: unknown) => {
          if (!(error instanceof TeamServerError)) throw error
        })
      await placeChange(context, await openTeam(context), asked)
    }
  } catch (error) {
    throw toTeamRefusal(error)
  } finally {
    await there.close()
  }
  await exchangeTeam(context, await openTeam(context))
  return { sentence: `This device exchanges with ${host} from now on.` }
}

/** Ends this device in the team; what the register holds stays. */
export async function leave(context: Context): Promise<Done> {
  assertWritable(context)
  const team = await openTeam(context)
  await carryOut(team, () => leaveTeam(team.device))
  const name = team.device.store.log(team.device.team)?.card?.card.team?.name ?? 'the team'
  commit(context, ['app'], ({ writer, note }) => {
    forgetTeam(writer)
    note({ action: 'team.left', client: null, subject: name, body: { team: team.device.team } })
  })
  await closeTeam(context.session())
  return { sentence: `This device left ${name}. What it read stays here.` }
}

/** Decides again, or gives up, what was asked back. */
export async function answerAsked(context: Context, { uids }: Inputs['keep'], isKept: boolean): Promise<Done> {
  const team = await openTeam(context)
  const areas = commit(context, [], ({ writer, at }) =>
    uids.flatMap((uid) => [...(isKept ? keepAskedBack(writer, uid, at) : dropAskedBack(writer, uid))]),
  )
  context.events.changed('app', ...new Set(areas))
  await exchangeTeam(context, team).catch(() => undefined)
  return { sentence: `${counted(uids.length, 'decision')} ${isKept ? 'kept' : 'dropped'}.` }
}

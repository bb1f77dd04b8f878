import type { ListedDecision, StoppedLog, TeamStatus } from '../../../shared/contract/team.ts'
import { describeDifference } from '../../../shared/team/clocks.ts'
import type { HeldLog } from '../../../shared/team/store.ts'
import { describeAsked, describeOp, NO_EFFECT_WORDS, STOP_WORDS } from '../../../shared/team/words.ts'
import { readTeamPlace, type TeamPlace } from '../../register/team/place.ts'
import { listAskedBack } from '../../register/team/asked.ts'
import { countWaiting, listClockMarks, listNoEffect } from '../../register/team/summary.ts'
import type { TeamDevice } from '../../team/device.ts'
import { listChoices } from '../../team/members.ts'
import type { RefusedOperation } from '../../team/place.ts'
import { type Context, getReader } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { NO_TEAM } from './gate.ts'
import { openTeam, type OpenTeam } from './open-team.ts'
import { createLister, isOwner, listMembers, listSlugs } from './people.ts'

const FOUNDING = 'The team is not founded yet. Go on with castellan team init.'
const ASKING = 'This device asked to be let in. The device of the owner who invited you answers at its next exchange.'
const REMOVED =
  'This device does not belong to the team any more. What it holds stays here, and nothing that is decided here is placed.'
const KEPT = 'It waits on this device: you have no role for the client. Ask an owner or a lead for one.'

/** As many of each list are shown. */
const SHOWN = 50

/** The team as this device has it; the server is not asked. */
export async function readStatus(context: Context): Promise<TeamStatus> {
  const place = readTeamPlace(getReader(context))
  if (place === null) return NO_TEAM
  const { host, port, database } = place.server
  const known = { ...NO_TEAM, root: place.root, server: { host, port, database, login: place.login } }
  try {
    return { ...known, ...describe(context, place, await openTeam(context)) }
  } catch (error) {
    if (!(error instanceof Refusal) || error.about !== 'device') throw error
    return { ...known, state: 'otherDevice', sentence: `${error.message} ${error.hint}` }
  }
}

function describe(context: Context, place: TeamPlace, { device, contact }: OpenTeam): Partial<TeamStatus> {
  const { at: lastContact, problems } = contact
  const found = { lastContact, problems: [...problems] }
  if (place.founding !== null) return { ...found, state: 'founding', sentence: FOUNDING, name: place.founding.team }
  const reader = getReader(context)
  const logs = device.store.logs()
  const members = listMembers(reader, device)
  const own = members.find((member) => member.own) ?? null
  const isIn = own?.devices.some((each) => each.own) === true
  const state = isIn ? 'member' : place.invite === null ? 'removed' : 'asking'
  const slugs = listSlugs(reader)
  const clients = logs.filter(({ kind }) => kind === 'client')
  const mayPlace = new Set(logs.filter(({ isHeld }) => isHeld).map(({ log }) => log))
  const waiting = [...countWaiting(reader)]
  return {
    ...found,
    state,
    sentence: { member: null, asking: ASKING, removed: REMOVED }[state],
    name: device.store.log(device.team)?.card?.card.team?.name ?? null,
    problems: [...problems, ...(isIn && waiting.some(([log]) => !mayPlace.has(log)) ? [KEPT] : [])],
    own,
    members,
    approvals: clients.map(({ log, card }) => ({
      client: slugs.get(log) ?? null,
      uid: log,
      required: card?.card.approvals === true,
    })),
    waiting: waiting.map(([log, count]) => ({ client: slugs.get(log) ?? null, count })),
    askedBack: listAsked(context, device),
    ...listMarks(context, device),
    stopped: logs.flatMap((log) => describeStop(context, device, log) ?? []),
    unheld: clients.filter(({ isHeld }) => !isHeld).length,
  }
}

export function countAllWaiting(context: Context): number {
  return [...countWaiting(getReader(context)).values()].reduce((sum, each) => sum + each, 0)
}

/** What goes out only once its author keeps it. */
export function listAsked(context: Context, device: TeamDevice): ListedDecision[] {
  const reader = getReader(context)
  const { list, name } = createLister(reader, device)
  return listAskedBack(reader).map(({ uid, log, op, reason, other, otherMember }) =>
    list(
      { uid, log, member: device.member, at: op.at },
      describeOp(op),
      describeAsked(reason, name(otherMember), other === null ? null : describeOp(other)),
    ),
  )
}

/** Decisions of the member at this device that an exchange found refused by the server and the newest card. */
export function listRefused(
  context: Context,
  device: TeamDevice,
  refused: readonly RefusedOperation[],
): ListedDecision[] {
  const { list } = createLister(getReader(context), device)
  return refused.map(({ log, op, reason }) =>
    list({ uid: op.uid, log, member: device.member, at: op.at }, describeOp(op), NO_EFFECT_WORDS[reason]),
  )
}

/** The decisions that did not count, and those that a wrong clock dated; the newest first. */
function listMarks(context: Context, device: TeamDevice): Pick<TeamStatus, 'noEffect' | 'clocks'> {
  const reader = getReader(context)
  const { list } = createLister(reader, device)
  return {
    noEffect: listNoEffect(reader, device.device, SHOWN).map(({ op, reason, ...row }) =>
      list({ ...row, at: op?.at ?? null }, op === null ? null : describeOp(op), NO_EFFECT_WORDS[reason]),
    ),
    clocks: listClockMarks(reader, SHOWN).map(({ op, clockMs, ...row }) =>
      list(
        { ...row, at: op.at },
        describeOp(op),
        `That clock was about ${describeDifference(clockMs)} when the server placed it.`,
      ),
    ),
  }
}

/** Why a log is read no further, with what an owner can decide; null where it is read. */
export function describeStop(context: Context, device: TeamDevice, log: HeldLog): StoppedLog | null {
  const { stop } = log
  if (stop === null) return null
  const { slug, name } = createLister(getReader(context), device)
  const people = log.card?.card.people ?? []
  const author =
    stop.placedBy === null ? null : people.find(({ devices }) => devices.some(({ login }) => login === stop.placedBy))
  const by = stop.placedBy === null ? '' : `, placed by ${name(author?.member ?? null) ?? `the login ${stop.placedBy}`}`
  const where = log.kind === 'client' ? (slug(log.log) ?? 'a client') : log.kind === 'team' ? 'the team' : 'the agency'
  const choices = isOwner(device) ? listChoices(device.store, log.log) : []
  return {
    log: log.log,
    client: slug(log.log),
    sentence: `The log of ${where} stopped at position ${stop.at}${by}. ${STOP_WORDS[stop.reason]}`,
    choices: choices.map(({ head, what, placedBy }) => ({
      head: Buffer.from(head).toString('hex'),
      words: {
        own: 'Go on with the history of this device',
        server: `Go on with the history of the server, by ${placedBy}`,
        pass: `Pass over the batch of ${placedBy}`,
      }[what],
    })),
  }
}

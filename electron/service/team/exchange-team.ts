import { AREAS } from '../../../shared/contract/app.ts'
import type { ExchangeResult } from '../../../shared/contract/team.ts'
import { writeTeamPlace } from '../../register/team/place.ts'
import { administer } from '../../team/administer.ts'
import { exchange } from '../../team/exchange.ts'
import { commit, type Context } from '../core/context.ts'
import { createParts, decideDue } from './due.ts'
import { isOwner } from './membership.ts'
import { type OpenTeam, readPlace } from './open-team.ts'
import { describeProblem, toTeamRefusal } from './refusal.ts'

/**
 * One exchange with the server, and what an owner's device does beside it: lets in devices that ask, opens streams for new
 * clients, replaces keys that are due, fences streams after a removal, and makes the server agree with the signed history. Each of
 * these is independent: one that fails leaves the others. Throws what ended the exchange; the team's `contact` has every problem in words.
 */
export function exchangeTeam(context: Context, team: OpenTeam): Promise<ExchangeResult> {
  return team.inTurn(async () => {
    const { problem, at } = team.contact
    try {
      return await exchangeOnce(context, team)
    } finally {
      // The window shows whether the server answers, also where nothing came or went.
      if (team.contact.problem !== problem || at === null) context.events.changed('app')
    }
  })
}

async function exchangeOnce(context: Context, team: OpenTeam): Promise<ExchangeResult> {
  const { replica, log, contact } = team
  const parts = createParts(context)
  try {
    let last = await exchange(replica, log)
    const done = { pulled: last.pulled, placed: last.placed, mended: last.mended, dropped: last.dropped }
    const exchangeAgain = async (): Promise<void> => {
      last = await exchange(replica, log)
      addTo(done, last)
    }
    const { enrolled, hasDecided } = await decideDue(context, team, parts)
    if (hasDecided) await exchangeAgain()
    if (isOwner(team)) {
      await parts.run(async () => {
        contact.sql = (await administer(replica, log)).sql
      })
      // A stream that was just opened takes entries now.
      if (replica.listWaiting().length > 0) await exchangeAgain()
    }
    contact.at = context.now()
    contact.problem = (await isBlank(team)) ? BLANK : (parts.problems[0] ?? null)
    noteEnrolled(context, team)
    if (done.pulled + done.placed > 0) context.events.changed(...AREAS)
    const waiting = replica.listWaiting().reduce((sum, stream) => sum + replica.waiting(stream, MOST_COUNTED).length, 0)
    const sentences = [
      ...new Set([
        ...(contact.problem === null ? [] : [contact.problem]),
        ...parts.problems,
        ...last.stopped.map(({ message }) => message),
        ...(last.refused.length === 0 ? [] : [REFUSED]),
        ...(last.blocked.length === 0 ? [] : [BLOCKED]),
        ...(done.dropped === 0 ? [] : [DROPPED]),
      ]),
    ]
    const { pulled, placed, mended } = done
    return { pulled, placed, mended, enrolled, waiting, sentences }
  } catch (error) {
    contact.problem = describeProblem(context, error)
    throw toTeamRefusal(error)
  }
}

/** More are not counted one by one. */
export const MOST_COUNTED = 10_000

const BLANK =
  'The team’s server shows this device nothing of the team any more. Ask an owner whether the device was revoked; what it holds stays here.'
const REFUSED =
  'The team’s server does not let this device append to a client. What waits for it stays here; ask an owner for the role.'
const BLOCKED =
  'Not all that waits here could be placed: other devices were faster, or the team has not agreed on a kind of it yet. It is tried again at the next exchange.'

const DROPPED =
  'A reading of this device is not placed: its turn to read the connection had ended, and another device may have read it. It is read again.'

interface Done {
  pulled: number
  placed: number
  mended: number
  dropped: number
}

function addTo(done: Done, more: Pick<Done, 'pulled' | 'placed' | 'mended' | 'dropped'>): void {
  done.pulled += more.pulled
  done.placed += more.placed
  done.mended += more.mended
  done.dropped += more.dropped
}

/** Whether the server hides a history that this device holds: its login has no access any more. */
async function isBlank({ replica, log }: OpenTeam): Promise<boolean> {
  return replica.stream(replica.team).place.next > 0 && (await log.poll()).streams === 0
}

/** The invite is used up once this device was let in. */
function noteEnrolled(context: Context, { replica }: OpenTeam): void {
  const place = readPlace(context)
  const membership = replica.membership()
  const device = membership?.devices.get(place.device)
  if (place.invite === null || membership === null || device === undefined) return
  const member = membership.members.get(device.member)?.name ?? null
  commit(context, ['app'], ({ writer, note }) => {
    writeTeamPlace(writer, { ...place, invite: null, member })
    note({
      action: 'team.joined',
      client: null,
      subject: membership.name,
      body: { team: place.team, root: place.root },
    })
  })
}

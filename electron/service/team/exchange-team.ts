import { AREAS } from '../../../shared/contract/app.ts'
import type { ExchangeResult, TeamStream } from '../../../shared/contract/team.ts'
import { writeDueSql, writeTeamPlace } from '../../register/team/place.ts'
import { administer, type Administered } from '../../team/administer.ts'
import { exchange, type Exchanged } from '../../team/exchange.ts'
import { commit, type Context } from '../core/context.ts'
import { followExchangedPrices } from '../prices/follow-price.ts'
import { listInvited } from './answer.ts'
import { decideDue } from './due.ts'
import { noteForks } from './forks.ts'
import { createParts } from './parts.ts'
import { isOwner } from './membership.ts'
import { followMove } from './move-place.ts'
import { type OpenTeam, readPlace } from './open-team.ts'
import { describeProblem, toTeamRefusal } from './refusal.ts'
import { compareClocks, keepMsAhead } from './server-clock.ts'
import { listKept, listStreams, nameStream } from './streams.ts'
import { shareSummaries } from './summaries.ts'

/**
 * One exchange with the server, and what each device does beside it: opens streams for clients that were added there, and gives keys
 * that others lack. An owner's also lets in devices that ask, replaces keys that are due, fences streams after a removal, and makes
 * the server agree with the signed history. Each of these is independent: one that fails leaves the others. `isAsked`: a person waits for
 * it, so nothing is left to a later one. Throws what ended the exchange; the team's `contact` has every problem in words.
 */
export function exchangeTeam(context: Context, team: OpenTeam, isAsked = false): Promise<ExchangeResult> {
  return team.inTurn(async () => {
    const { problem, at } = team.contact
    try {
      return await exchangeOnce(context, team, isAsked)
    } finally {
      // Also where the former server is refused from then on.
      followMove(context, team)
      // The window shows whether the server answers, also where nothing came or went.
      if (team.contact.problem !== problem || at === null) context.events.changed('app')
    }
  })
}

async function exchangeOnce(context: Context, team: OpenTeam, isAsked: boolean): Promise<ExchangeResult> {
  const { replica, contact } = team
  const parts = createParts(context)
  const { log, msAhead } = compareClocks(context, team.log)
  try {
    let last = await exchange(replica, log)
    const done = { pulled: last.pulled, placed: last.placed, mended: last.mended, dropped: last.dropped }
    const exchangeAgain = async (): Promise<void> => {
      last = await exchange(replica, log)
      addTo(done, last)
    }
    const { enrolled, hasDecided } = await decideDue(context, team, parts)
    if (hasDecided) await exchangeAgain()
    for (let tries = 0; tries < MOST_ADMINISTERED; tries += 1) {
      if (tries === 0 && !isAsked && !isAdministrationDue(context, team, done)) break
      const administered = await parts.run(() => administerTeam(context, team))
      // A stream that was just opened takes entries now, and one that was opened elsewhere shows them.
      const isOpened = (administered?.access ?? 0) > 0 || (hasDecided && replica.listWaiting().length > 0)
      if (isOpened) await exchangeAgain()
      if (administered?.isOvertaken !== true) break
    }
    await parts.run(() => followExchangedPrices(context))
    await parts.run(() => noteForks(context, team, last.stopped))
    await parts.run(() => shareSummaries(context, team))
    keepMsAhead(context, msAhead())
    contact.at = context.now()
    contact.problem = last.isBlank ? BLANK : (parts.problems[0] ?? null)
    noteEnrolled(context, team)
    if (done.pulled + done.placed > 0) context.events.changed(...AREAS)
    const { waiting, sentences } = describeWaiting(context, team, last)
    const problems = [
      ...(contact.problem === null ? [] : [contact.problem]),
      ...parts.problems,
      ...(done.dropped === 0 ? [] : [DROPPED]),
    ]
    const { pulled, placed, mended } = done
    return { pulled, placed, mended, enrolled, waiting, sentences: [...new Set([...problems, ...sentences])] }
  } catch (error) {
    contact.problem = describeProblem(context, error)
    throw toTeamRefusal(error)
  }
}

/** Another owner may change the team while this device carries out what it knew. */
const MOST_ADMINISTERED = 3

const BLANK =
  'The team’s server shows this device nothing of the team any more. Ask an owner whether the device was revoked; what it holds stays here.'
const toRefused = (name: string): string =>
  `The team’s server does not let this device append to ${name}. What waits for it stays here; ask an owner for a role that may.`
const toBlocked = (name: string): string =>
  `Not all that waits for ${name} could be placed: other devices were faster, or the team has not agreed on a kind of it yet. It is tried again at the next exchange.`

function nameStopped(seen: readonly TeamStream[], stream: string): string {
  const client = seen.find((each) => each.stream === stream)?.client ?? null
  return client === null ? '' : `${client}: `
}

/** How much waits here, for whichever stream, and why streams are read no further or take nothing. */
function describeWaiting(
  context: Context,
  team: OpenTeam,
  { stopped, refused, blocked }: Exchanged,
): Pick<ExchangeResult, 'waiting' | 'sentences'> {
  const membership = team.replica.membership()
  if (membership === null) return { waiting: 0, sentences: stopped.map(({ message }) => message) }
  const [seen, kept] = [listStreams(context, team, membership), listKept(context, team, membership)]
  const list = (names: readonly string[], toSentence: (name: string) => string): readonly string[] =>
    seen.filter(({ stream }) => names.includes(stream)).map((stream) => toSentence(nameStream(stream)))
  return {
    waiting: [...seen, ...kept].reduce((sum, each) => sum + each.waiting, 0),
    sentences: [
      ...stopped.map(({ stream, message }) => nameStopped(seen, stream) + message),
      ...list(refused, toRefused),
      ...list(blocked, toBlocked),
      ...kept.map(({ client, sentence }) => (client === null ? '' : `${client}: `) + (sentence ?? '')),
    ],
  }
}

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

/** How long a server is trusted to keep the rights that it was given: one that was restored from a backup has former ones. */
const ADMINISTERED_MS = 3_600_000

/** Whether the server may no longer agree with the signed history. */
function isAdministrationDue(context: Context, { replica, contact }: OpenTeam, { mended }: Done): boolean {
  const { administered, problem, sql } = contact
  if (administered === null || administered.next !== replica.membership()?.next) return true
  // It was away or lost entries, so it may be another one; or an administrator was to run statements.
  if (problem !== null || mended > 0 || sql.length > 0) return true
  return context.now() - administered.at > ADMINISTERED_MS
}

/** Makes the server agree with the signed history, as far as this device may. */
async function administerTeam(context: Context, team: OpenTeam): Promise<Administered> {
  const { replica, log, contact } = team
  const done = await administer(replica, log, listInvited(context))
  if (isOwner(team)) keepSql(context, team, done.sql)
  if (!done.isOvertaken && !done.isLeft)
    contact.administered = { next: replica.membership()?.next ?? 0, at: context.now() }
  return done
}

function keepSql(context: Context, { contact }: OpenTeam, sql: readonly string[]): void {
  if (sql.join() === contact.sql.join()) return
  commit(context, [], ({ writer }) => writeDueSql(writer, sql))
  contact.sql = sql
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

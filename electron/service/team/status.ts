import type { ClockEntry, TeamStatus, VoidEntry } from '../../../shared/contract/team.ts'
import { findStream, isApprovalRequired, type Membership, newest } from '../../../shared/team/membership.ts'
import { describeOp } from '../../../shared/team/op-words.ts'
import { VOID_WORDS } from '../../../shared/team/verdict.ts'
import { listUnread } from '../../register/team/custody.ts'
import { readTeamPlace, type TeamPlace } from '../../register/team/place.ts'
import { toBase } from '../../register/team/streams.ts'
import { listClockEntries, type ListedRow, listVoidEntries } from '../../register/team/summary.ts'
import type { Reader } from '../../register/db/handles.ts'
import { type Context, getReader } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { listForks } from './forks.ts'
import { NO_TEAM } from './gate.ts'
import { expectMembership } from './membership.ts'
import { listUnheldUids } from './holds.ts'
import { listMembers, listSlugs } from './members.ts'
import { openTeam, type OpenTeam } from './open-team.ts'
import { describeClock } from './server-clock.ts'
import { listKept, listStreams } from './streams.ts'

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

function describe(context: Context, place: TeamPlace, team: OpenTeam): Partial<TeamStatus> {
  const { replica, contact } = team
  const { at: lastContact, problem, sql } = contact
  const membership = replica.membership()
  const found = { lastContact, problem, clock: describeClock(getReader(context)), sql: [...sql] }
  if (place.founding !== null) return { ...found, state: 'founding', sentence: FOUNDING, name: place.founding.team }
  if (membership === null) return { ...found, state: 'asking', sentence: ASKING }
  const members = listMembers(getReader(context), membership, place.device)
  const own = members.find((member) => member.own) ?? null
  const device = own?.devices.find((each) => each.own)
  const isIn = device?.active === true
  const streams = [...listStreams(context, team, membership), ...listKept(context, team, membership)]
  return {
    ...found,
    state: device === undefined ? 'asking' : isIn ? 'member' : 'removed',
    sentence: device === undefined ? ASKING : isIn ? null : REMOVED,
    name: membership.name,
    own,
    members,
    streams,
    waiting: streams.reduce((sum, { waiting }) => sum + waiting, 0),
    stopped: streams.filter(({ state }) => state === 'stopped').length,
    unread: [...listUnread(getReader(context))],
    unheld: listUnheldUids(team).length,
    void: listVoid(context, team, membership),
    clocks: listClocks(context, team, membership),
    forks: listForks(context, team, membership),
    approvals: listApprovals(context, expectMembership(team)),
  }
}

/** Whose changes need a second member's approval, with what waits here taken as placed. */
function listApprovals(context: Context, membership: Membership): TeamStatus['approvals'] {
  const at = newest(membership)
  const slugs = listSlugs(getReader(context))
  const clients = [...membership.clients.keys()].map((uid) => ({
    client: slugs.get(uid) ?? null,
    uid,
    required: isApprovalRequired(membership, uid, at),
  }))
  return { clients, later: isApprovalRequired(membership, null, at) }
}

const FOUNDING =
  'The database of the team is not set up yet. Have its administrator run the SQL, then run castellan team init again.'
const ASKING = 'This device asked to be let in. The device of the owner who invited you answers at its next exchange.'
const REMOVED =
  'This device does not belong to the team any more. What it holds stays here, and nothing that is decided here is placed.'

const SHOWN = 50

const READING_WITHOUT_EFFECT =
  'The reading began before the last one of its connection that counted, or this version could not apply it.'

/** The entries without effect: those of this device first, each part newest first. */
function listVoid(context: Context, team: OpenTeam, membership: Membership): VoidEntry[] {
  const reader = getReader(context)
  const toEntry = createLister(reader, membership)
  return listVoidEntries(reader, team.replica.author.device, SHOWN).map((row) => ({
    ...toEntry(row),
    own: row.own,
    reason: row.verdict.kind === 'void' ? VOID_WORDS[row.verdict.reason] : READING_WITHOUT_EFFECT,
    clockMs: row.clockMs,
  }))
}

/** The entries that were decided by a clock that was wrong, newest first. */
function listClocks(context: Context, { replica }: OpenTeam, membership: Membership): ClockEntry[] {
  const reader = getReader(context)
  const toEntry = createLister(reader, membership)
  return listClockEntries(reader, SHOWN).flatMap((row) => {
    const { at, placedAt, ...entry } = toEntry(row)
    const { clockMs } = row
    if (at === null || placedAt === null || clockMs === null) return []
    return [{ ...entry, own: row.entry.device === replica.author.device, at, placedAt, clockMs }]
  })
}

/** What lists show of entries. */
function createLister(reader: Reader, membership: Membership) {
  const slugs = listSlugs(reader)
  return ({
    entry,
    verdict,
    opened,
    placedAt,
  }: ListedRow): Omit<ClockEntry, 'own' | 'at' | 'placedAt' | 'clockMs'> & Pick<VoidEntry, 'at' | 'placedAt'> => {
    const { seq: position, device } = entry
    const stream = toBase(entry.stream)
    const of = findStream(membership, stream)
    const member = membership.devices.get(device)?.member
    const op = verdict.kind === 'void' ? opened : verdict.op
    return {
      stream,
      client: of === null ? null : (slugs.get(of.scope) ?? null),
      position,
      member: member === undefined ? null : (membership.members.get(member)?.name ?? null),
      decided: op === undefined ? null : describeOp(op, stream === membership.team),
      at: op?.at ?? null,
      placedAt,
    }
  }
}

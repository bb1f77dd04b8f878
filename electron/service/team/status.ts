import type { TeamStatus, TeamStream, VoidEntry } from '../../../shared/contract/team.ts'
import { findStream, type Membership } from '../../../shared/team/membership.ts'
import { describeOp } from '../../../shared/team/op-words.ts'
import { type Verdict, VOID_WORDS } from '../../../shared/team/verdict.ts'
import { hasSync } from '../../register/connections/sync-history.ts'
import type { Reader } from '../../register/db/handles.ts'
import { readTeamPlace, type TeamPlace } from '../../register/team/place.ts'
import { listSeen } from '../../team/exchange.ts'
import { toHex } from '../../team/hex.ts'
import { type Context, getReader } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { MOST_COUNTED } from './exchange-team.ts'
import { NO_TEAM } from './gate.ts'
import { listMembers, listSlugs } from './members.ts'
import { openTeam, type OpenTeam } from './open-team.ts'

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
  const found = { lastContact, problem, sql: [...sql] }
  if (place.founding !== null) return { ...found, state: 'founding', sentence: FOUNDING, name: place.founding.team }
  if (membership === null) return { ...found, state: 'asking', sentence: ASKING }
  const members = listMembers(getReader(context), membership, place.device)
  const own = members.find((member) => member.own) ?? null
  const device = own?.devices.find((each) => each.own)
  const isIn = device?.active === true
  const streams = listStreams(context, team, membership)
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
    void: listVoid(getReader(context), team, membership, streams),
  }
}

const FOUNDING =
  'The database of the team is not set up yet. Have its administrator run the SQL, then run castellan team init again.'
const ASKING = 'This device asked to be let in. The device of the owner who invited you answers at its next exchange.'
const REMOVED =
  'This device does not belong to the team any more. What it holds stays here, and nothing that is decided here is placed.'

/** The streams that this device may see, `team` first. */
export function listStreams(context: Context, { replica }: OpenTeam, membership: Membership): TeamStream[] {
  const slugs = listSlugs(getReader(context))
  return [membership.team, ...listSeen(membership, replica.author.device)].map((stream) => {
    const { place, stopped } = replica.stream(stream)
    const waiting = replica.waiting(stream, MOST_COUNTED).length
    const of = findStream(membership, stream)
    return {
      stream,
      kind: of?.kind ?? 'team',
      client: of === null ? null : (slugs.get(of.scope) ?? null),
      state: stopped !== null ? 'stopped' : waiting > 0 ? 'waiting' : 'inStep',
      entries: place.next,
      head: toHex(place.head),
      waiting,
      sentence: stopped?.message ?? null,
    }
  })
}

/** How many of the newest entries of a stream are searched, and how many are shown. */
const SEARCHED = 500
const SHOWN = 50

/** Why an entry of this register has no effect, in words; null where it has one, and where it decides nothing on purpose. */
function findReason(reader: Reader, verdict: Verdict): string | null {
  if (verdict.kind === 'void') return verdict.reason === 'fence' ? null : VOID_WORDS[verdict.reason]
  const { kind, body } = verdict.op
  return kind === 'reading.taken' && !hasSync(reader, String(body['syncUid'])) ? READING_WITHOUT_EFFECT : null
}

const READING_WITHOUT_EFFECT =
  'The reading began before the last one of its connection that counted, or this version could not apply it.'

/** The newest entries without effect. */
function listVoid(
  reader: Reader,
  { replica }: OpenTeam,
  membership: Membership,
  streams: readonly TeamStream[],
): VoidEntry[] {
  return streams
    .flatMap(({ stream, client, entries }) =>
      replica.entries(stream, Math.max(0, entries - SEARCHED), SEARCHED).flatMap(({ entry, verdict, opened }) => {
        const reason = findReason(reader, verdict)
        if (reason === null) return []
        const member = membership.devices.get(entry.device)?.member
        const name = member === undefined ? null : (membership.members.get(member)?.name ?? null)
        const own = entry.device === replica.author.device
        const op = verdict.kind === 'void' ? opened : verdict.op
        const decided = op === undefined ? null : describeOp(op, stream === membership.team)
        return [{ stream, client, position: entry.seq, member: name, own, decided, reason }]
      }),
    )
    .toReversed()
    .slice(0, SHOWN)
}

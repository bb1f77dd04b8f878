import type { TeamFork } from '../../../shared/contract/team.ts'
import { findStream, type Membership } from '../../../shared/team/membership.ts'
import type { StreamStopped } from '../../../shared/team/verdict.ts'
import { type ForkRow, readForks, writeForks } from '../../register/team/place.ts'
import { type Branch, findFork, type Fork } from '../../team/forks.ts'
import { findPositions } from '../../team/held-heads.ts'
import type { Replica } from '../../team/replica.ts'
import { commit, type Context, getReader } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { isOwner } from './membership.ts'
import { listSlugs } from './members.ts'
import type { OpenTeam } from './open-team.ts'
import { toVoidRefusal } from './refusal.ts'
import type { TeamDecision } from './wait.ts'

const toRow = ({ device, entries, heads }: Branch): ForkRow['own'] => ({ device, entries, head: heads[0] ?? '' })

/** Keeps both histories of each log that stopped since there are two, as a terminal shows them without the server. Throws `TeamLogError`. */
export async function noteForks(context: Context, team: OpenTeam, stopped: readonly StreamStopped[]): Promise<void> {
  const before = readForks(getReader(context))
  const forks = await findForks(team, stopped)
  const rows = forks.map(({ stream, seq, own, there }) => ({ stream, seq, own: toRow(own), there: toRow(there) }))
  if (JSON.stringify(rows) !== JSON.stringify(before))
    commit(context, ['app'], ({ writer }) => writeForks(writer, rows))
}

async function findForks({ replica, log }: OpenTeam, stopped: readonly StreamStopped[]): Promise<readonly Fork[]> {
  const forks: Fork[] = []
  for (const { reason, stream } of stopped) {
    const fork = reason === 'two-histories' ? await findFork(replica, log, stream) : null
    if (fork !== null) forks.push(fork)
  }
  return forks
}

/** The logs with two histories, as the last exchange found them. */
export function listForks(context: Context, { replica }: OpenTeam, membership: Membership): TeamFork[] {
  const slugs = listSlugs(getReader(context))
  const toSide = ({ device, ...side }: ForkRow['own']): TeamFork['own'] => {
    const member = membership.devices.get(device)?.member
    return { ...side, member: member === undefined ? null : (membership.members.get(member)?.name ?? null) }
  }
  return readForks(getReader(context)).map(({ stream, seq: position, own, there }) => {
    const of = findStream(membership, stream)
    return {
      stream,
      kind: of?.kind ?? (stream === replica.team ? 'team' : 'decisions'),
      client: of === null ? null : (slugs.get(of.scope) ?? null),
      position,
      own: toSide(own),
      server: toSide(there),
    }
  })
}

/**
 * Adopts the server's history of each log whose head there is given: that of the members and devices on this device, which each member
 * decides for their own; for the others, returns what an owner decides for all. A head may be of a history that this device holds too,
 * where another one met the fork. Throws `Refusal` where no log has that head, and `TeamLogError`.
 */
export async function adoptForks(
  team: OpenTeam,
  stopped: readonly StreamStopped[],
  heads: readonly string[],
): Promise<{ readonly adopted: number; readonly decisions: readonly TeamDecision[] }> {
  const { replica } = team
  const chosen = (await findForks(team, stopped)).filter(({ there }) => heads.includes(there.heads[0] ?? ''))
  const own = chosen.find(({ stream }) => stream === replica.team)
  const others = [
    ...chosen
      .filter((fork) => fork !== own)
      .map(({ stream, seq, there }) => ({ stream, seq, head: there.heads[0] ?? '' })),
    ...listHeld(replica, new Set(heads)),
  ]
  if (own === undefined && others.length === 0) throw noFork()
  if (others.length > 0 && !isOwner(team)) throw toVoidRefusal('not-allowed')
  if (own !== undefined) {
    if ((replica.membership()?.devices.get(replica.author.device)?.from ?? 0) >= own.seq) throw notEnrolledThere()
    replica.adopt(own.seq)
  }
  const decisions = others.map((body) => ({ kind: 'team.fork-resolved' as const, subject: body.stream, body }))
  return { adopted: own === undefined ? 0 : 1, decisions }
}

/** The heads that this device holds in streams of clients and of the agency. */
function listHeld(replica: Replica, heads: ReadonlySet<string>) {
  return replica
    .listRead()
    .flat()
    .flatMap((stream) => findPositions(replica, stream, heads).map(({ seq, head }) => ({ stream, seq, head })))
}

function noFork(): Refusal {
  return new Refusal(
    'CONFLICT',
    'No log has two histories of which the server’s has this head.',
    'See both histories: castellan team status.',
  )
}

function notEnrolledThere(): Refusal {
  return new Refusal(
    'CONFLICT',
    'In the server’s history this device is not enrolled.',
    'Ask an owner for an invite, and join in a new profile; what was decided here stays here.',
  )
}

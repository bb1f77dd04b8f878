import type { Inputs } from '../../../shared/contract/contract.ts'
import type { TeamDecided } from '../../../shared/contract/team.ts'
import type { ServerPlace } from '../../../shared/team/membership.ts'
import { fromHex } from '../../team/hex.ts'
import { NO_ROOT } from '../../team/stream.ts'
import type { Context } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { decideTeam } from './decide.ts'
import { exchangeTeam } from './exchange-team.ts'
import { isOwner } from './membership.ts'
import { usePlace } from './move-place.ts'
import { openTeam, type OpenTeam, readPlace, toAddress } from './open-team.ts'
import { toTeamRefusal } from './refusal.ts'

/**
 * Moves the team to a server that has its database, or follows a move on a device of another member. It is placed on the former server
 * first, where devices read it; one that does not answer any more is left without it. Throws `Refusal`.
 */
export async function moveTeam(context: Context, input: Inputs['team']['move']): Promise<TeamDecided> {
  const { host, port = 5432, database, authority = null } = input
  const server = { host, port, database, authority }
  const before = await openTeam(context)
  const id = await readServer(before, server)
  if (!isOwner(before)) return lookThere(context, server, readPlace(context).server)
  const body = { ...server, server: id }
  const former = readPlace(context).server
  const done = await decideTeam(context, before, [{ kind: 'team.moved', subject: host, body }])
  // The server gets what it lacks from here: it was placed after the dump.
  return done.effect === 'void' ? done : lookThere(context, server, former)
}

/** The name of a server that has the history of this team. Throws `Refusal`. */
async function readServer({ place, servers, address, crypto }: OpenTeam, server: ServerPlace): Promise<string> {
  const log = servers.open(toAddress({ server }, place.login, address.password), place.team)
  try {
    const id = await log.server()
    const [first] = await log.pull(place.team, 0, 1)
    const isTeam =
      first !== undefined &&
      place.root !== null &&
      crypto.isSame(crypto.computeHead(crypto.startStream(place.team, NO_ROOT), first), fromHex(place.root))
    if (isTeam) return id
  } catch (error) {
    throw toTeamRefusal(error)
  } finally {
    await log.close()
  }
  throw new Refusal(
    'CONFLICT',
    'That database does not have the history of this team.',
    'Restore a dump of the team’s database there, with its logins, and move the team then.',
  )
}

/** Uses a server, and the former one again where the signed history names another. Throws `Refusal`. */
async function lookThere(context: Context, server: ServerPlace, former: ServerPlace): Promise<TeamDecided> {
  usePlace(context, server)
  const moved = await openTeam(context)
  try {
    await exchangeTeam(context, moved, true)
  } catch (error) {
    usePlace(context, former)
    throw error
  }
  return { effect: 'effective', problem: moved.contact.problem, sql: [...moved.contact.sql] }
}

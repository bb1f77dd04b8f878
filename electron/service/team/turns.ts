import { listClientUids } from '../../register/clients/client.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import { TeamServerError } from '../../team/server.ts'
import { type HeldTurn, takeTurns } from '../../team/turns.ts'
import { type Context, getReader } from '../core/context.ts'
import type { ReadingLease } from '../core/syncs.ts'
import { Refusal } from '../kit/refusal.ts'
import { exchangeTeam } from './exchange-team.ts'
import { openTeam, type OpenTeam } from './open-team.ts'
import { toTeamRefusal } from './refusal.ts'

/** A server that does not answer must not keep a sync from ending; the turn then ends by itself. */
const LONGEST_END_MS = 5000

type Reached = Pick<StoredConnection, 'uid' | 'client'>

/**
 * Takes the turns of connections for this device, by connection: of those that are due, or with `early` of any that no other device reads now. One
 * of a client that the team has not opened, or that this device may only view, is left out. Throws `Refusal` where the server cannot be used.
 */
export async function takeReadingTurns(
  context: Context,
  connections: readonly Reached[],
  early: boolean,
): Promise<ReadonlyMap<string, ReadingLease>> {
  const team = await openTeam(context)
  const uids = new Map(listClientUids(getReader(context)).map(({ uid, slug }) => [slug, uid]))
  const turns = connections.flatMap(({ uid, client }) => {
    const log = uids.get(client.slug)
    return log === undefined || team.device.store.log(log) === null ? [] : [{ log, job: uid }]
  })
  try {
    const taken = turns.length === 0 ? [] : await takeTurns(team.device, turns, early)
    return new Map(taken.map((held) => [held.turn.job, toLease(context, team, held)]))
  } catch (error) {
    throw toTeamRefusal(error)
  }
}

/** Who reads a connection for the team now, and until when, in words; null: no device. */
export async function describeTurn(context: Context, { uid, client }: Reached): Promise<string | null> {
  const { device } = await openTeam(context)
  const log = listClientUids(getReader(context)).find(({ slug }) => slug === client.slug)?.uid ?? ''
  const turns = await device.server.listTurns(log).catch(() => [])
  const turn = turns.find(({ job }) => job === uid)
  if (turn === undefined || turn.holder === null || turn.until === null) return null
  return `The device with the login ${turn.holder} reads it until ${new Date(turn.until).toISOString().slice(11, 16)} UTC at the latest.`
}

const LOST = 'Another device of the team may read the connection by now, so nothing was concluded.'

function toLease(context: Context, team: OpenTeam, { turn, confirm, end }: HeldTurn): ReadingLease {
  return {
    turn: { job: turn.job },
    confirm: async () => {
      try {
        if (!(await confirm())) return LOST
        // What others read in the turns before is placed by now: read first, it is what this reading follows.
        await exchangeTeam(context, team)
        return null
      } catch (error) {
        if (error instanceof TeamServerError || error instanceof Refusal) return error.message
        throw error
      }
    },
    end: async (dueIn) => {
      const work = async (): Promise<void> => {
        // Placed while the turn holds.
        if (team.device.store.listWaiting().length > 0) await exchangeTeam(context, team).catch(() => undefined)
        await end(dueIn)
      }
      const pause = new Promise((resolve) => setTimeout(resolve, LONGEST_END_MS).unref())
      await Promise.race([work().catch(() => undefined), pause])
    },
  }
}

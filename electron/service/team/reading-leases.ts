import { listClientUids } from '../../register/clients/client.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import type { Job, Lease, TeamLeases } from '../../team/leases.ts'
import { TeamLogError } from '../../team/log.ts'
import { type Context, getReader } from '../core/context.ts'
import type { ReadingLease } from '../core/syncs.ts'
import { Refusal } from '../kit/refusal.ts'
import { exchangeTeam } from './exchange-team.ts'
import { openTeam, type OpenTeam } from './open-team.ts'
import { toTeamRefusal } from './refusal.ts'

/** How long a device has a connection to itself, by the server's clock, in milliseconds; it is renewed at half time. */
export const LEASE_MS = 10 * 60_000

/** A server that does not answer must not keep a sync from ending; the lease then ends by itself. */
const LONGEST_END_MS = 5000

type Reached = Pick<StoredConnection, 'uid' | 'client'>

/** By connection, whose name is the key of its job. */
type Leases = ReadonlyMap<string, ReadingLease>

/**
 * Takes the leases of connections for this device: of those that are due, or with `early` of any that no other device reads
 * now; of all of them the first few. One of a client that the team has not opened, or that this device may only view, is left out.
 * Throws `Refusal` where the server cannot be used.
 */
export async function takeReadingLeases(
  context: Context,
  connections: readonly Reached[],
  early: boolean,
): Promise<Leases> {
  const team = await openTeam(context)
  try {
    const jobs = await addJobs(team, listJobs(context, team, connections))
    const taken = jobs.length === 0 ? [] : await team.log.takeLeases(jobs, LEASE_MS, early)
    return new Map(taken.map((lease) => [lease.job, hold(context, team, lease)]))
  } catch (error) {
    throw toTeamRefusal(error)
  }
}

function listJobs(context: Context, { replica }: OpenTeam, connections: readonly Reached[]): readonly Job[] {
  const uids = new Map(listClientUids(getReader(context)).map(({ uid, slug }) => [slug, uid]))
  const clients = replica.membership()?.clients
  return connections.flatMap(({ uid, client }) => {
    const stream = clients?.get(uids.get(client.slug) ?? '')?.facts
    return stream === undefined ? [] : [{ stream, job: uid }]
  })
}

/** The jobs that this device added to the table of the server, by team. */
const added = new WeakMap<OpenTeam, Set<string>>()

/** Adds jobs that are not there yet; those of a stream that this device may not append to are left out. */
async function addJobs(team: OpenTeam, jobs: readonly Job[]): Promise<readonly Job[]> {
  const known = added.get(team) ?? new Set()
  added.set(team, known)
  for (const [, ofStream] of Map.groupBy(jobs, ({ stream }) => stream)) {
    const isNew = ofStream.filter(({ job }) => !known.has(job))
    if (isNew.length === 0) continue
    try {
      await team.log.addJobs(isNew)
      for (const { job } of isNew) known.add(job)
    } catch (error) {
      if (!(error instanceof TeamLogError) || error.problem !== 'not-allowed') throw error
    }
  }
  return jobs.filter(({ job }) => known.has(job))
}

function hold(context: Context, team: OpenTeam, lease: Lease): ReadingLease {
  const { job, token } = lease
  const timer = setInterval(() => void renew(team.log, lease).catch(() => undefined), LEASE_MS / 2).unref()
  return {
    name: { job, token },
    confirm: async () => {
      try {
        if (!(await renew(team.log, lease))) return LOST
        // What others read in the turns before is placed by now: read first, it is what this reading follows.
        await exchangeTeam(context, team)
        return null
      } catch (error) {
        if (error instanceof TeamLogError || error instanceof Refusal) return error.message
        throw error
      }
    },
    end: async (dueIn) => {
      clearInterval(timer)
      const work = async (): Promise<void> => {
        // Placed while the lease holds.
        if (team.replica.listWaiting().length > 0) await exchangeTeam(context, team).catch(() => undefined)
        await team.log.finishLease(lease, dueIn)
      }
      await Promise.race([work().catch(() => undefined), pause(LONGEST_END_MS)])
    },
  }
}

function renew(leases: TeamLeases, lease: Lease): Promise<boolean> {
  return leases.renewLease(lease, LEASE_MS)
}

const LOST = 'Another device of the team may read the connection by now, so nothing was concluded.'

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}

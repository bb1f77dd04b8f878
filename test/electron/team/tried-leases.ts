import { MOST_LEASES } from '../../../electron/team/leases.ts'
import type { TeamLog } from '../../../electron/team/log.ts'
import { type Connect, foundTeam, nextUuid, toNote } from './world.ts'

const RUNNERS = 8
const JOBS = 100
const LONG = 60_000

/** What eight runners came to that took a hundred jobs at the same time, and one that slept through its lease. */
export const LEASED = {
  isEachTakenOnce: true,
  mostTogether: MOST_LEASES,
  areSharedOut: true,
  whileTaken: [],
  byViewer: [],
  whileItHolds: 'placed',
  renewed: true,
  afterItEnded: ['lease-ended', false],
  nextToken: 2,
  afterAnotherTookIt: ['lease-ended', false, false],
  byTheOther: 'placed',
  finished: true,
  beforeItIsDue: [],
}

/** `sleep`: until the server's clock is some milliseconds later. */
export async function tryLeases(connect: Connect, sleep: (ms: number) => Promise<void>): Promise<unknown> {
  const team = await foundTeam(connect)
  const { founder } = team
  const client = await team.openClient()
  const open = async (name: string, access: 'read' | 'append'): Promise<TeamLog> => {
    const login = `c_${name}_${nextUuid().slice(-6)}`
    const log = await connect(login, 'member', team.team)
    await founder.log.setAccess(client, login, access)
    return log
  }
  const runners = await Promise.all(Array.from({ length: RUNNERS }, (_, at) => open(`runner${at}`, 'append')))
  const jobs = Array.from({ length: JOBS }, () => ({ stream: client, job: nextUuid() }))
  await Promise.all(runners.slice(0, 2).map((log) => log.addJobs(jobs)))
  const takeAll = async (log: TeamLog): Promise<readonly (readonly string[])[]> => {
    const parts: string[][] = []
    for (;;) {
      const leases = await log.takeLeases(jobs, LONG)
      if (leases.length === 0) return parts
      parts.push(leases.map(({ job }) => job))
    }
  }
  await Promise.all(runners.map((log) => log.heads()))
  const taken = await Promise.all(runners.map(takeAll))
  const each = taken.flat(2)

  const [first, second] = runners as [TeamLog, TeamLog]
  const one = [{ stream: client, job: nextUuid() }]
  await first.addJobs(one)
  const viewer = await open('viewer', 'read')
  const byViewer = await viewer.takeLeases(one, LONG)
  // The server knows no devices: the lease is that of the login that places the entries.
  founder.decide(client, ...toNote('read'))
  const [entry] = founder.replica.compose(client, 1)
  const entries = entry === undefined ? [] : [entry]
  const next = entries.map((placed) => ({
    ...placed,
    seq: placed.seq + 1,
    op: nextUuid(),
    deviceSeq: placed.deviceSeq + 1,
  }))

  const [lease] = await first.takeLeases(one, LONG)
  if (lease === undefined) throw new Error('The job was not taken.')
  const whileTaken = await second.takeLeases(one, LONG)
  const whileItHolds = await first.pushUnderLease(entries, lease)
  // It sleeps for longer than what it has left.
  const renewed = await first.renewLease(lease, 1)
  await sleep(20)
  const afterItEnded = [await first.pushUnderLease(next, lease), await first.renewLease(lease, LONG)]
  const [other] = await second.takeLeases(one, LONG)
  if (other === undefined) throw new Error('The job was not taken by another.')
  return {
    isEachTakenOnce: each.length === JOBS && new Set(each).size === JOBS,
    mostTogether: Math.max(...taken.flat().map(({ length }) => length)),
    areSharedOut: taken.filter(({ length }) => length > 0).length > 1,
    whileTaken,
    byViewer,
    whileItHolds,
    renewed,
    afterItEnded,
    nextToken: other.token,
    afterAnotherTookIt: [
      await first.pushUnderLease(next, lease),
      await first.renewLease(lease, LONG),
      await first.finishLease(lease, 0),
    ],
    byTheOther: await second.pushUnderLease(next, other),
    finished: await second.finishLease(other, LONG),
    beforeItIsDue: await first.takeLeases(one, LONG),
  }
}

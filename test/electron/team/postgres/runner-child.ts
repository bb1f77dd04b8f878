/**
 * A runner of a team that reads jobs under leases until its standard input ends: `node runner-child.ts ASKED`. Prints `took JOB` when it
 * begins to read, and `placed JOB ENTRY`, `late JOB` or, where its lease ended after it was placed, `kept JOB ENTRY`.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Lease } from '../../../../electron/team/leases.ts'
import type { ServerAddress } from '../../../../electron/team/postgres/connect.ts'
import { openPostgresLog } from '../../../../electron/team/postgres/postgres-log.ts'

export interface Asked {
  readonly address: ServerAddress
  readonly team: string
  readonly stream: string
  readonly jobs: readonly string[]
  /** Milliseconds: how long a lease is, how long a reading takes, and until the job is due again. */
  readonly lease: number
  readonly read: number
  readonly interval: number
}

const { address, team, stream, jobs, lease: ms, read, interval } = JSON.parse(process.argv[2] ?? '') as Asked
const log = openPostgresLog(address, team)
const device = randomUUID()
let deviceSeq = 0
const over = new AbortController()
process.stdin.on('end', () => over.abort()).resume()

/** Places an entry at the next position, whose hash is the job. Returns the name of its operation; null where the lease had ended. */
async function publish(lease: Lease): Promise<string | null> {
  for (;;) {
    const seq = ((await log.heads()).get(stream)?.seq ?? -1) + 1
    const bytes = { opHash: Buffer.from(lease.job.replaceAll('-', '').repeat(2), 'hex'), signature: randomBytes(64) }
    const place = { stream, seq, op: randomUUID(), device, deviceSeq: (deviceSeq += 1) }
    const entry = { ...place, ...bytes, generation: 1, opset: 1, teamSeq: 0, sealed: randomBytes(80) }
    const pushed = await log.pushUnderLease([entry], lease)
    if (pushed !== 'overtaken') return pushed === 'placed' ? entry.op : null
  }
}

while (!over.signal.aborted) {
  for (const job of jobs) {
    const [taken] = await log.takeLeases([{ stream, job }], ms)
    if (taken === undefined) continue
    console.log(`took ${job}`)
    await sleep(read)
    const entry = await publish(taken)
    const isBack = entry !== null && (await log.finishLease(taken, interval))
    console.log(entry === null ? `late ${job}` : `${isBack ? 'placed' : 'kept'} ${job} ${entry}`)
  }
  await sleep(20)
}
await log.close()

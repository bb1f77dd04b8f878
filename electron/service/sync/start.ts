import type { StoredConnection } from '../../register/connections/connection.ts'
import type { Context } from '../core/context.ts'
import type { ReadingLease, SyncJob } from '../core/sync-job.ts'
import { sendingTo } from '../core/sending.ts'
import { isKeyMissing, Refusal } from '../kit/refusal.ts'
import type { SyncEnded } from '../log/profile-log.ts'
import { readJob } from './job.ts'

interface Skipped {
  readonly connectionId: number
  readonly reason: string
  /** True if it is skipped because it has no credential here. */
  readonly noKey: boolean
}

interface Started {
  /** By connection, how its sync ended. */
  readonly started: ReadonlyMap<number, Promise<SyncEnded>>
  readonly skipped: readonly Skipped[]
}

/**
 * Starts the syncs of connections, with the credential given for this run or the stored one; the others are skipped with
 * the reason. `held`: the lease of the only one, in a team. Throws `Refusal` where a given credential cannot be used.
 */
export async function startSyncs(
  context: Context,
  connections: readonly StoredConnection[],
  given: string | undefined,
  held?: ReadingLease,
): Promise<Started> {
  const skipped: Skipped[] = []
  const jobs: SyncJob[] = []
  // All credentials first: a keychain that does not answer must not leave half of the connections syncing.
  for (const connection of connections) {
    try {
      jobs.push(await readJob(context, connection, given, held))
    } catch (error) {
      if (!(error instanceof Refusal) || given !== undefined) throw error
      skipped.push({ connectionId: connection.id, reason: error.message, noKey: isKeyMissing(error) })
    }
  }
  const started = new Map<number, Promise<SyncEnded>>()
  const sending = sendingTo(context.session())
  for (const job of jobs) {
    const { connectionId } = job
    if (sending.has(connectionId)) {
      void job.lease?.end(0)
      skipped.push({ connectionId, reason: 'Changes are being sent to it; it is synced after that.', noKey: false })
      continue
    }
    const ended = context.syncs.start(job)
    if (ended !== null) started.set(connectionId, ended)
    else skipped.push({ connectionId, reason: 'It is syncing already.', noKey: false })
  }
  if (started.size > 0) context.events.changed('sync')
  return { started, skipped }
}

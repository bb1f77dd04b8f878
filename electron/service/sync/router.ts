import { assertWritable, checkScope } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { isKeyMissing, Refusal } from '../kit/refusal.ts'
import { sendingTo } from '../core/sending.ts'
import { chosenConnections } from './chosen.ts'
import { readJob } from './job.ts'
import type { SyncJob } from '../core/runner.ts'

export const syncRouter = {
  start: os.sync.start.handler(async ({ context, input }) => {
    checkScope(context, input)
    assertWritable(context)
    const connections = chosenConnections(context, input)
    const skipped: { connectionId: number; reason: string; noKey: boolean }[] = []
    const jobs: SyncJob[] = []
    // All credentials first: a keychain that does not answer must not leave half of the connections syncing.
    for (const connection of connections) {
      try {
        jobs.push(await readJob(context, connection, input.credential))
      } catch (error) {
        if (!(error instanceof Refusal) || input.credential !== undefined) throw error
        skipped.push({ connectionId: connection.id, reason: error.message, noKey: isKeyMissing(error) })
      }
    }
    const started: number[] = []
    const sending = sendingTo(context.session())
    for (const job of jobs) {
      if (sending.has(job.connectionId)) {
        skipped.push({
          connectionId: job.connectionId,
          reason: 'Changes are being sent to it; it is synced after that.',
          noKey: false,
        })
      } else if (context.syncs.start(job)) started.push(job.connectionId)
      else skipped.push({ connectionId: job.connectionId, reason: 'It is syncing already.', noKey: false })
    }
    if (started.length > 0) context.events.changed('sync')
    return { started, skipped }
  }),
  cancel: os.sync.cancel.handler(({ context, input }) => ({ cancelled: context.syncs.cancel(input.connectionId) })),
  watch: os.sync.watch.handler(({ context, input, signal }) => context.syncs.watch(input.follow, signal)),
}

import { listConnections } from '../../register/connection.ts'
import { assertWritable, checkScope, readerOf } from '../context.ts'
import { os } from '../implementer.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { sendingTo } from '../remedy/sending.ts'
import { jobOf } from '../sync/job.ts'
import type { SyncJob } from '../sync/runner.ts'

export const syncRouter = {
  start: os.sync.start.handler(async ({ context, input }) => {
    checkScope(context, input)
    assertWritable(context)
    const connections = listConnections(readerOf(context), input, input.connections)
    const missing = (input.connections ?? []).filter((id) => !connections.some((connection) => connection.id === id))
    if (missing.length > 0) {
      const where = input.client === undefined ? '' : ` of ${input.client}`
      throw notFound(`Connection ${missing.join(', ')}${where}`, 'List the connections to see their numbers.')
    }
    if (input.credential !== undefined && connections.length !== 1) {
      throw invalid(
        'credential',
        'A credential for one run needs exactly one connection.',
        'Name the connection it belongs to.',
      )
    }
    const skipped: { connectionId: number; reason: string }[] = []
    const jobs: SyncJob[] = []
    // All credentials first: a keychain that does not answer must not leave half of the connections syncing.
    for (const connection of connections) {
      try {
        jobs.push(await jobOf(context, connection, input.credential))
      } catch (error) {
        if (!(error instanceof Refusal) || input.credential !== undefined) throw error
        skipped.push({ connectionId: connection.id, reason: error.message })
      }
    }
    const started: number[] = []
    const sending = sendingTo(context.session())
    for (const job of jobs) {
      if (sending.has(job.connectionId)) {
        skipped.push({
          connectionId: job.connectionId,
          reason: 'Remedies are being sent to it; it is read after that.',
        })
      } else if (context.syncs.start(job)) started.push(job.connectionId)
      else skipped.push({ connectionId: job.connectionId, reason: 'It is syncing already.' })
    }
    if (started.length > 0) context.events.changed('sync')
    return { started, skipped }
  }),
  cancel: os.sync.cancel.handler(({ context, input }) => ({ cancelled: context.syncs.cancel(input.connectionId) })),
  watch: os.sync.watch.handler(({ context, input, signal }) => context.syncs.watch(input.follow, signal)),
}

import { syncContract } from '../../../shared/contract/sync.ts'
import { assertWritable, checkScope } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { chosenConnections, startSyncs } from './start.ts'

const os = implementArea({ sync: syncContract })

export const syncRouter = {
  start: os.sync.start.handler(async ({ context, input }) => {
    checkScope(context, input)
    assertWritable(context)
    const { started, skipped } = await startSyncs(context, chosenConnections(context, input), input.credential)
    return { started: [...started.keys()], skipped: [...skipped] }
  }),
  cancel: os.sync.cancel.handler(({ context, input }) => ({ cancelled: context.syncs.cancel(input.connectionId) })),
  watch: os.sync.watch.handler(({ context, input, signal }) => context.syncs.watch(input.follow, signal)),
}

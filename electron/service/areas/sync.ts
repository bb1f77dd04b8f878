import { providerOf } from '../../providers/registry.ts'
import { listConnections } from '../../register/connection.ts'
import { assertWritable, checkScope, operatorOf, readerOf, registerOf } from '../context.ts'
import { os } from '../implementer.ts'
import { invalid, Refusal } from '../refusal.ts'
import { acceptedCredential, callable, storedCredential } from './credentials.ts'

export const syncRouter = {
  start: os.sync.start.handler(async ({ context, input }) => {
    checkScope(context, input)
    assertWritable(context)
    const connections = listConnections(readerOf(context), input, input.connections)
    if (input.credential !== undefined && connections.length !== 1) {
      throw invalid(
        'credential',
        'A credential for one run needs exactly one connection.',
        'Name the connection it belongs to.',
      )
    }
    const started: number[] = []
    const skipped: { connectionId: number; reason: string }[] = []
    for (const connection of connections) {
      try {
        const provider = callable(connection)
        const credential =
          input.credential === undefined
            ? await storedCredential(context, connection)
            : acceptedCredential(provider, input.credential).secret
        const running = context.syncs.start({
          connectionId: connection.id,
          provider: providerOf(provider),
          access: { credential, baseUrl: connection.baseUrl },
          register: registerOf(context),
          operator: operatorOf(context),
        })
        if (running) started.push(connection.id)
        else skipped.push({ connectionId: connection.id, reason: 'It is syncing already.' })
      } catch (error) {
        if (!(error instanceof Refusal) || input.credential !== undefined) throw error
        skipped.push({ connectionId: connection.id, reason: error.message })
      }
    }
    if (started.length > 0) context.events.changed('sync')
    return { started, skipped }
  }),
  cancel: os.sync.cancel.handler(({ context, input }) => ({ cancelled: context.syncs.cancel(input.connectionId) })),
  watch: os.sync.watch.handler(({ context, input, signal }) => context.syncs.watch(input.follow, signal)),
}

import { counted } from '../../../shared/domain/counted.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Failed } from '../kit/failure.ts'
import { printLines, printObject } from '../kit/listing.ts'
import type { DefineVerb } from '../kit/run.ts'

export const define: DefineVerb = (command, act) => {
  command
    .about({ example: '--profile ~/castellan-sample', createsRegister: true })
    .addHelpText('after', '\nJSON keys: profile, clients, connections\n')
  act<object, []>(command, async (run) => {
    const filled = await run.withApi('write', async (api, session) => {
      const { empty, profile, locked } = await api.app.info()
      if (!empty || locked !== null) {
        throw new Failed(
          `The profile ${profile} holds a register already; the sample would mix with it.`,
          'Name an empty folder: castellan sample --profile DIR',
        )
      }
      await session.fillWithSample()
      const [clients, connections] = await Promise.all([api.client.list(), api.connection.list({})])
      return { profile, clients: clients.length, connections: connections.length }
    })
    if (run.json) await printObject(run.terminal, filled)
    else {
      await printLines(run.terminal, [
        `Filled ${filled.profile} with the sample agency: ${counted(filled.clients, 'client')}, ${counted(filled.connections, 'connection')}.`,
      ])
    }
    return EXIT.done
  })
}

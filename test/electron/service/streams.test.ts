import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import { expect, it } from 'vitest'

import type { Contract } from '../../../shared/contract/contract.ts'
import { wireSerializers } from '../../../shared/contract/wire.ts'
import { newProfile, newService } from './services.ts'

it('an operation that fails in its stream sends the window a typed error with what is wrong and what to do', async () => {
  const service = await newService()
  await service.api.client.add({ name: 'Acme' })
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(service.router, { customJsonSerializers: [...wireSerializers] }).upgrade(port2, {
    context: service.context,
  })
  const window: ContractRouterClient<Contract> = createORPCClient(
    new RPCLink({ port: port1, customJsonSerializers: [...wireSerializers] }),
  )
  const path = join(newProfile(), 'nowhere.csv')
  try {
    const stream = await window.usage.import({ client: 'acme', path })
    await expect(Array.fromAsync(stream)).rejects.toMatchObject({
      code: 'INVALID',
      message: `The file ${path} does not exist.`,
      data: { field: 'path', hint: 'Check the path.' },
    })
  } finally {
    port1.close()
    port2.close()
  }
})

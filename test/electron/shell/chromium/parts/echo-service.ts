/** A service of a few operations that test the channel between a page and a worker thread; run as the worker itself. */
import { os, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { z } from 'zod'

import { hostService } from '../../../../../electron/service/process/hosted.ts'
import { workerChannel } from '../../../../../electron/service/process/shell-channel.ts'
import type { ServiceHost } from '../../../../../electron/service/kit/host.ts'
import { wireSerializers } from '../../../../../shared/contract/wire.ts'

const places: string[] = []

function makeRouter(host: ServiceHost, profile: string) {
  return {
    profile: os.handler(() => profile),
    echo: os.input(z.unknown()).handler(({ input }) => input),
    size: os.input(z.instanceof(Uint8Array)).handler(({ input }) => ({
      bytes: input.byteLength,
      sum: input.reduce((sum, byte) => (sum + byte) % 65_521, 0),
    })),
    make: os.input(z.number()).handler(({ input }) => Uint8Array.from({ length: input }, (_, at) => at % 251)),
    refuse: os.handler(() => {
      throw new ORPCError('CONFLICT', { message: 'It contradicts.', data: { hint: 'Look again.' } })
    }),
    count: os.input(z.number()).handler(async function* count({ input }) {
      for (let at = 0; at < input; at += 1) yield at
    }),
    rows: os
      .input(z.number())
      .handler(({ input }) => Array.from({ length: input }, (_, at) => ({ id: at, name: `key-${at}`, due: at % 30 }))),
    save: os.handler(() => host.saveTarget({ suggestedName: 'register.md', extension: 'md' })),
    title: os.input(z.string()).handler(({ input }) => host.setTitle(input)),
    notify: os.handler(() => host.notify?.({ title: 'Due', body: 'A key is due', to: '/keys?key=12' })),
    places: os.handler(() => places),
  }
}

hostService(workerChannel(), async ({ profile, host }) => {
  if (profile.endsWith('held')) throw Object.assign(new Error('The profile is held by pid 1.'), { hint: 'Close it.' })
  const handler = new RPCHandler(makeRouter(host, profile), { customJsonSerializers: [...wireSerializers] })
  return {
    serve: (port) => handler.upgrade(port),
    navigate: (to) => void places.push(to),
    idle: () => undefined,
    away: () => undefined,
    lock: () => undefined,
    keepPlace: () => undefined,
    checkNow: () => undefined,
    close: async () => undefined,
  }
})

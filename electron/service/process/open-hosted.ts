import { RPCHandler } from '@orpc/server/message-port'

import { wireSerializers } from '../../../shared/contract/wire.ts'
import { useAllThreads } from '../../files/thread.ts'
import type { OpenHosted } from './hosted.ts'
import { openService } from './open.ts'

/** Opens the product's service for a shell, as the one writer of its profile. */
export const openHosted: OpenHosted = async ({ profile, host, onDue, onPreferences, usesAllThreads }) => {
  if (usesAllThreads) useAllThreads()
  const asideFrom = usesAllThreads ? 1 : undefined
  const service = await openService({ profile, mode: 'write', host, asideFrom })
  const handler = new RPCHandler(service.router, { customJsonSerializers: [...wireSerializers] })
  // A browser has no tray to show the count in.
  const stopDue = host.shell === 'electron' ? service.onDue(onDue) : () => undefined
  const stopPreferences = service.onPreferences(onPreferences)
  return {
    serve: (port) => handler.upgrade(port, { context: service.context }),
    navigate: (to) => service.navigate(to),
    idle: (seconds) => service.context.lock.idle(seconds),
    away: () => service.context.lock.away(),
    lock: () => void service.context.lock.begin().catch(() => undefined),
    keepPlace: (to) => void service.context.lock.keepPlace(to),
    checkNow: () => service.checkNow(),
    close: async () => {
      stopDue()
      stopPreferences()
      await service.close()
    },
  }
}

import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, expect, it } from 'vitest'

import { hostService } from '../../../electron/service/hosted.ts'
import { utilityChannel } from '../../../electron/service/utility-channel.ts'
import type { ToService } from '../../../shared/contract/control.ts'

/**
 * A port as Electron has it (docs/api/message-port-main): messages are queued until `start` is called, and go to what
 * listens at that moment, as an `EventEmitter`'s do.
 */
class Port extends EventEmitter {
  private readonly queued: string[]
  constructor(...queued: readonly string[]) {
    super()
    this.queued = [...queued]
  }
  start(): void {
    for (const data of this.queued.splice(0)) this.emit('message', { data })
  }
  postMessage(): void {
    // Nothing is answered here.
  }
}

const told: unknown[] = []
const parent = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => void told.push(message) })

function tell(data: ToService, ports: readonly Port[] = []): void {
  parent.emit('message', { data, ports })
}

afterEach(() => {
  delete (process as { parentPort?: unknown }).parentPort
})

it('what a window asks while the register still opens is answered once it is open, and nothing of it is lost', async () => {
  Object.assign(process, { parentPort: parent })
  const heard: string[] = []
  const opened = Promise.withResolvers<void>()
  hostService(utilityChannel(), async () => {
    await opened.promise
    return {
      serve: (port) => (port as unknown as Port).on('message', ({ data }: { data: string }) => heard.push(data)),
      navigate: () => undefined,
      idle: () => undefined,
      away: () => undefined,
      lock: () => undefined,
      keepPlace: () => undefined,
      close: () => Promise.resolve(),
    }
  })
  tell({ type: 'open', profile: '/profiles/one', shell: 'electron' })
  tell({ type: 'connect' }, [new Port('who is open?', 'what is due?')])
  await sleep(10)
  expect([told, heard]).toEqual([[], []])
  opened.resolve()
  await expect.poll(() => heard).toEqual(['who is open?', 'what is due?'])
  tell({ type: 'connect' }, [new Port('and now?')])
  expect(heard).toEqual(['who is open?', 'what is due?', 'and now?'])
  expect(told).toEqual([{ type: 'ready' }])
})

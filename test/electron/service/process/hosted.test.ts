import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, expect, it } from 'vitest'

import type { ServiceHost } from '../../../../electron/service/kit/host.ts'
import { hostService, type HostedService } from '../../../../electron/service/process/hosted.ts'
import { utilityChannel } from '../../../../electron/service/process/shell-channel.ts'
import type { ToService } from '../../../../shared/contract/control.ts'

/**
 * A port as Electron has it (docs/api/message-port-main): messages are queued until `start` is called, and go to the
 * listeners at that moment, like an `EventEmitter`'s.
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

let reported: unknown[] = []
const parent = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => void reported.push(message) })

const QUIET: HostedService = {
  serve: () => undefined,
  navigate: () => undefined,
  idle: () => undefined,
  away: () => undefined,
  lock: () => undefined,
  keepPlace: () => undefined,
  checkNow: () => undefined,
  close: () => Promise.resolve(),
}

function tell(data: ToService, ports: readonly Port[] = []): void {
  parent.emit('message', { data, ports })
}

afterEach(() => {
  reported = []
  parent.removeAllListeners()
  delete (process as { parentPort?: unknown }).parentPort
})

it('a window’s questions while the register still opens are answered once it is open, and none is lost', async () => {
  Object.assign(process, { parentPort: parent })
  const heard: string[] = []
  const opened = Promise.withResolvers<void>()
  hostService(utilityChannel(), async () => {
    await opened.promise
    return {
      ...QUIET,
      serve: (port) => (port as unknown as Port).on('message', ({ data }: { data: string }) => heard.push(data)),
    }
  })
  tell({ type: 'open', profile: '/profiles/one', shell: 'electron' })
  tell({ type: 'connect' }, [new Port('who is open?', 'what is due?')])
  await sleep(10)
  expect([reported, heard]).toEqual([[], []])
  opened.resolve()
  await expect.poll(() => heard).toEqual(['who is open?', 'what is due?'])
  tell({ type: 'connect' }, [new Port('and now?')])
  expect(heard).toEqual(['who is open?', 'what is due?', 'and now?'])
  expect(reported).toEqual([{ type: 'ready' }])
})

it('a service that asks for a file to read gets the answer of its own question', async () => {
  Object.assign(process, { parentPort: parent })
  const opened = Promise.withResolvers<ServiceHost>()
  hostService(utilityChannel(), ({ host }) => {
    opened.resolve(host)
    return Promise.resolve(QUIET)
  })
  tell({ type: 'open', profile: '/profiles/one', shell: 'electron' })
  const host = await opened.promise
  const records = { kind: 'file', title: 'Choose usage records', extensions: ['csv', 'jsonl'] } as const
  const folder = { kind: 'folder', title: 'Choose a folder', extensions: [] } as const
  const answers = Promise.all([host.openTarget?.(records), host.openTarget?.(folder)])
  expect(reported).toEqual([
    { type: 'ready' },
    { type: 'ask-open', ask: 1, ...records },
    { type: 'ask-open', ask: 2, ...folder },
  ])
  tell({ type: 'open-answer', ask: 2, answer: { outcome: 'cancelled' } })
  tell({ type: 'open-answer', ask: 1, answer: { outcome: 'chosen', path: '/exports/records.csv' } })
  expect(await answers).toEqual([{ outcome: 'chosen', path: '/exports/records.csv' }, { outcome: 'cancelled' }])
})

it('a service passes its shell the preferences, and checks when the shell asks', async () => {
  Object.assign(process, { parentPort: parent })
  let checks = 0
  const preferences = { colourScheme: 'dark', keepRunning: true, startAtLogin: false } as const
  hostService(utilityChannel(), ({ onPreferences }) => {
    onPreferences(preferences)
    return Promise.resolve({
      ...QUIET,
      checkNow: () => {
        checks += 1
      },
    })
  })
  tell({ type: 'check-now' })
  tell({ type: 'open', profile: '/profiles/one', shell: 'electron' })
  await expect.poll(() => reported).toEqual([{ type: 'preferences', ...preferences }, { type: 'ready' }])
  tell({ type: 'check-now' })
  expect(checks).toBe(1)
})

it('a service takes the sandbox of a window as unknown until the shell reports it', async () => {
  Object.assign(process, { parentPort: parent })
  const opened = Promise.withResolvers<ServiceHost>()
  hostService(utilityChannel(), ({ host }) => {
    opened.resolve(host)
    return Promise.resolve(QUIET)
  })
  tell({ type: 'open', profile: '/profiles/one', shell: 'electron' })
  const host = await opened.promise
  expect(host.sandbox?.()).toEqual({ state: 'unknown', why: 'the window has not reported it' })
  const sandbox = { state: 'on', why: "the kernel filters the calls of the page's process" } as const
  tell({ type: 'sandbox-described', sandbox })
  expect(host.sandbox?.()).toEqual(sandbox)
})

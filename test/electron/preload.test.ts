import { EventEmitter } from 'node:events'

import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

type Listener = (event: unknown) => void

/** What the preload sent and listens to. */
const ipc = vi.hoisted(() => ({ sent: [] as unknown[][], listeners: [] as [string, (event: unknown) => void][] }))
vi.mock('electron', () => ({
  ipcRenderer: {
    send: (...values: unknown[]) => void ipc.sent.push(values),
    on: (channel: string, listener: Listener) => void ipc.listeners.push([channel, listener]),
  },
}))

/** As much of a window as the preload uses. */
const page = new EventEmitter()
const posted: unknown[][] = []
const window = {
  addEventListener: (name: string, listener: (event: unknown) => void) => page.on(name, listener),
  postMessage: (...values: unknown[]) => void posted.push(values),
}

beforeAll(async () => {
  vi.stubGlobal('window', window)
  vi.stubGlobal('location', { origin: 'app://register' })
  await import('../../electron/preload.ts')
})

beforeEach(() => {
  ipc.sent.splice(0)
  posted.splice(0)
})

describe('the preload', () => {
  it('asks for a port when its own window sends a hello, and for nothing else', () => {
    page.emit('message', { source: window, data: 'castellan:hello' })
    expect(ipc.sent).toEqual([['castellan:connect']])
    page.emit('message', { source: {}, data: 'castellan:hello' })
    page.emit('message', { source: window, data: 'castellan:other' })
    page.emit('message', { source: window, data: { channel: 'castellan:connect' } })
    expect(ipc.sent).toHaveLength(1)
  })

  it('hands the port to its own origin, without the event it came with', () => {
    expect(ipc.listeners.map(([channel]) => channel)).toEqual(['castellan:port'])
    const port = { name: 'window' }
    for (const [, listener] of ipc.listeners) listener({ sender: {}, ports: [port] })
    expect(posted).toEqual([['castellan:port', 'app://register', [port]]])
  })
})

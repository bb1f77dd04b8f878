import { EventEmitter } from 'node:events'

import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

const ipcRenderer = vi.hoisted(() => ({
  send: vi.fn<(...values: unknown[]) => void>(),
  on: vi.fn<(...values: unknown[]) => void>(),
}))
vi.mock('electron', () => ({ ipcRenderer }))

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
  ipcRenderer.send.mockClear()
  posted.splice(0)
})

describe('the preload', () => {
  it('asks for a port when its own window says hello, and for nothing else', () => {
    page.emit('message', { source: window, data: 'castellan:hello' })
    expect(ipcRenderer.send.mock.calls).toEqual([['castellan:connect']])
    page.emit('message', { source: {}, data: 'castellan:hello' })
    page.emit('message', { source: window, data: 'castellan:other' })
    page.emit('message', { source: window, data: { channel: 'castellan:connect' } })
    expect(ipcRenderer.send).toHaveBeenCalledOnce()
  })

  it('hands the port to its own origin, without the event it came with', () => {
    const [channel, listener] = ipcRenderer.on.mock.calls[0] as [string, (event: unknown) => void]
    const port = { name: 'window' }
    listener({ sender: ipcRenderer, ports: [port] })
    expect(channel).toBe('castellan:port')
    expect(posted).toEqual([['castellan:port', 'app://register', [port]]])
    expect(ipcRenderer.on).toHaveBeenCalledOnce()
  })
})

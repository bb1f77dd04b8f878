import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'

import { NO_BUS } from './no-bus.ts'

/** What Chromium answers or reports; the shapes are those of its DevTools protocol. */
// oxlint-disable-next-line typescript/no-explicit-any -- The protocol has a shape for each of some hundred messages.
export type Answer = any

/** Speaks with one target of the browser, or with the browser itself. */
export interface Session {
  call(method: string, params?: object): Promise<Answer>
  on(event: string, listener: (params: Answer) => void): void
  /** Stops listening, since the target was closed. */
  end(): void
}

export interface Browser extends Session {
  /** Where another program may attach to it. */
  readonly address: Promise<string>
  attach(target: string): Promise<Session>
  kill(): void
}

const SWITCHES = [
  '--headless=new',
  '--remote-debugging-pipe',
  // For the test that looks at the page; the stand-in itself speaks over the pipe.
  '--remote-debugging-port=0',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-sync',
  '--disable-quic',
  '--disable-crash-reporter',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-extensions',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-default-apps',
  '--disable-component-extensions-with-background-pages',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-hang-monitor',
  '--disable-ipc-flooding-protection',
  '--metrics-recording-only',
  '--no-service-autorun',
  // The spare renderer would be a process that starts beside each page and is ended unused.
  '--disable-features=SpareRendererForSitePerProcess,Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider,AcceptCHFrame,AutofillServerCommunication,CertificateTransparencyComponentUpdater,HttpsUpgrades,PaintHolding,GlobalMediaControls,LensOverlay,BackForwardCache',
  '--mute-audio',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
]

/** Starts an installed Chromium without a window, with `switches` that the main process added. */
export function startBrowser(path: string, folder: string, switches: readonly string[]): Browser {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(path, [...SWITCHES, ...root, ...switches, `--user-data-dir=${folder}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // It would close the sockets of its tests when a test's logind puts the machine to sleep.
    env: { ...process.env, ...NO_BUS },
  })
  // The process that started it ends when its own work does, and the browser then ends with its pipe.
  child.unref()
  for (const stream of child.stdio) (stream as { unref?: () => void } | null)?.unref?.()
  const wire = newWire(child)
  return {
    address: getAddress(child),
    ...sessionOver(wire, ''),
    attach: async (targetId) => {
      const { sessionId } = (await wire.call('Target.attachToTarget', { targetId, flatten: true })) as {
        sessionId: string
      }
      return sessionOver(wire, sessionId)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

function getAddress(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  promise.catch(() => undefined)
  let said = ''
  child.stderr?.on('data', (data: Buffer) => {
    said = `${said}${data.toString('utf8')}`.slice(-10_000)
    const [, address] = /listening on (ws:\/\/\S+)/u.exec(said) ?? []
    if (address !== undefined) resolve(address)
  })
  child.on('error', reject)
  child.on('exit', () => reject(new Error(`The browser ended: ${said}`)))
  return promise
}

interface Wire {
  call(method: string, params?: object, sessionId?: string): Promise<Answer>
  readonly events: EventEmitter
}

/** Messages of the protocol over the browser's pipe, each ended by a zero byte. */
function newWire(child: ChildProcess): Wire {
  const [, , , input, output] = child.stdio as unknown as [unknown, unknown, unknown, Writable, Readable]
  const events = new EventEmitter().setMaxListeners(0)
  const waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: Error) => void; method: string }
  >()
  let calls = 0
  let rest: Buffer[] = []
  const take = (text: string): void => {
    const { id, method, params, sessionId = '', result, error }: Answer = JSON.parse(text)
    if (id === undefined) return void events.emit(`${sessionId} ${method}`, params)
    const asked = waiting.get(id as number)
    waiting.delete(id as number)
    if (error === undefined) asked?.resolve(result)
    else asked?.reject(new Error(`${asked.method}: ${error.message}`))
  }
  output.on('data', (data: Buffer) => {
    for (let from = 0; from < data.length;) {
      const end = data.indexOf(0, from)
      rest.push(data.subarray(from, end === -1 ? data.length : end))
      if (end === -1) return
      const text = Buffer.concat(rest).toString('utf8')
      rest = []
      from = end + 1
      // A listener that throws does so in a turn of its own, as in Electron, and the next message is still read.
      queueMicrotask(() => take(text))
    }
  })
  // What is asked of a browser that ended has no answer.
  for (const stream of [input, output]) stream.on('error', () => undefined)
  child.on('exit', () => {
    for (const { reject, method } of waiting.values()) reject(new Error(`${method}: the browser ended`))
    waiting.clear()
  })
  return {
    events,
    call: (method, params = {}, sessionId = '') => {
      calls += 1
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      waiting.set(calls, { resolve, reject, method })
      input.write(`${JSON.stringify({ id: calls, method, params, ...(sessionId === '' ? {} : { sessionId }) })}\0`)
      return promise
    },
  }
}

function sessionOver(wire: Wire, id: string): Session {
  const heard: [string, (params: Answer) => void][] = []
  return {
    call: (method, params) => wire.call(method, params, id),
    on: (event, listener) => {
      heard.push([`${id} ${event}`, listener])
      wire.events.on(`${id} ${event}`, listener)
    },
    end: () => {
      for (const [name, listener] of heard.splice(0)) wire.events.off(name, listener)
    },
  }
}

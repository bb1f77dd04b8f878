/** What the page's isolated world is given when it is made; the names are of one launch. */
export interface WorldNames {
  /** The world calls it to reach the main process. */
  readonly call: string
  /** The main process calls it to reach the world. */
  readonly deliver: string
}

/**
 * Runs in the isolated world of a page before the page's own scripts: what a sandboxed preload script has of Electron, and then the
 * script itself. Its source is sent to the browser, so it refers to nothing outside itself.
 */
export function preloadWorld(
  names: WorldNames,
  script: (require: (name: string) => unknown, module: { exports: object }, exports: object) => void,
): void {
  type Listener = (
    event: { readonly ports: readonly MessagePort[]; readonly sender: unknown },
    ...values: unknown[]
  ) => void
  type Crossed = string | { readonly base64: string }
  const world = globalThis as unknown as Record<string, (...values: unknown[]) => unknown>
  // Preload scripts run in the main frame only, unless `nodeIntegrationInSubFrames` is on.
  if (globalThis.top !== globalThis.self) return
  const call = (kind: string, ...values: unknown[]): void => void world[names.call]?.(JSON.stringify([kind, ...values]))
  const listeners = new Map<string, Listener[]>()
  const ports = new Map<string, MessagePort>()

  const ipcRenderer = {
    send: (channel: string, ...values: unknown[]): void => call('send', channel, values),
    on: (channel: string, listener: Listener): unknown => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
  }
  const encode = (data: unknown): Crossed => {
    if (typeof data === 'string') return data
    if (!(data instanceof Uint8Array || data instanceof ArrayBuffer))
      throw new TypeError('The stand-in for Electron carries text and bytes between a page and its main process.')
    const bytes = new Uint8Array(data)
    let binary = ''
    for (let at = 0; at < bytes.length; at += 0x80_00)
      binary += String.fromCharCode(...bytes.subarray(at, at + 0x80_00))
    return { base64: btoa(binary) }
  }
  const decode = (crossed: Crossed): unknown =>
    typeof crossed === 'string' ? crossed : Uint8Array.from(atob(crossed.base64), (letter) => letter.charCodeAt(0))

  const openPort = (id: string): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port1)
    port1.addEventListener('message', ({ data }) => call('port', id, encode(data)))
    port1.start()
    return port2
  }
  Object.defineProperty(world, names.deliver, {
    value: (kind: 'message' | 'port' | 'close', to: string, ...values: unknown[]) => {
      if (kind === 'port') for (const crossed of values as Crossed[]) ports.get(to)?.postMessage(decode(crossed))
      if (kind === 'close') ports.get(to)?.close()
      if (kind !== 'message') return
      const [message, ids] = values as [unknown, readonly string[]]
      const event = { ports: ids.map(openPort), sender: ipcRenderer }
      for (const listener of listeners.get(to) ?? []) listener(event, message)
    },
  })

  const strict = <T extends object>(kind: string, known: T): T =>
    new Proxy(known, {
      get: (target, member): unknown => {
        if (member in target) return Reflect.get(target, member)
        throw new Error(`The stand-in for Electron does not emulate ${kind}.${String(member)}.`)
      },
    })
  const require = (name: string): unknown => {
    if (name === 'electron')
      return strict('electron (in a preload script)', { ipcRenderer: strict('IpcRenderer', ipcRenderer) })
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  script(require, module, module.exports)
}

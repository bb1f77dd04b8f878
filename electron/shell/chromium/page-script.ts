/** The input of the page's bridge. The names are random for each launch. */
export interface BridgeNames {
  readonly origin: string
  /** The page calls it to reach the shell: `(session, kind, payload)`. */
  readonly call: string
  /** The shell calls it to reach the page: `(session, batch)`. */
  readonly deliver: string
}

/** A message of the port as it crosses the pipe: text as it is, bytes as base64. */
export type Crossing = string | { readonly base64: string }

/**
 * Runs in the page before its own scripts, and gives it a message port as Electron's preload does: the page sends a
 * hello and gets a port, whose far end is connected to the service over the browser's pipe. Its source is sent to the
 * browser, so it refers to nothing outside itself.
 */
export function bridgePage(names: BridgeNames): void {
  type Call = (session: string, kind: 'attach' | 'messages' | 'open' | 'used', payload: unknown) => Promise<void>
  const page = window as unknown as Record<string, unknown>
  const call = page[names.call] as Call
  Reflect.deleteProperty(page, names.call)
  if (window.top !== window || location.origin !== names.origin) return

  const load = crypto.randomUUID()
  const ports = new Map<string, MessagePort>()
  let attaching = false

  const encode = (data: unknown): Crossing => {
    if (typeof data === 'string') return data
    const bytes = data instanceof Uint8Array ? data : new Uint8Array(data as ArrayBuffer)
    let binary = ''
    for (let at = 0; at < bytes.length; at += 0x80_00) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 0x80_00))
    }
    return { base64: btoa(binary) }
  }

  const decode = (crossing: Crossing): string | Uint8Array => {
    if (typeof crossing === 'string') return crossing
    const binary = atob(crossing.base64)
    const bytes = new Uint8Array(binary.length)
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
    return bytes
  }

  // One batch at a time: messages that arrive meanwhile are sent together, in order.
  const carry = (session: string, port: MessagePort): void => {
    let outbox: Crossing[] = []
    let sending = false
    const pump = async (): Promise<void> => {
      if (sending) return
      sending = true
      try {
        while (outbox.length > 0) {
          const batch = outbox
          outbox = []
          await call(session, 'messages', batch)
        }
      } finally {
        sending = false
      }
    }
    port.addEventListener('message', (event: MessageEvent<unknown>) => {
      outbox.push(encode(event.data))
      void pump()
    })
    port.start()
  }

  // A page that sends two hellos gets two ports: it may already use the first when the second is on its way.
  const attach = async (): Promise<void> => {
    const channel = new MessageChannel()
    const session = crypto.randomUUID()
    ports.set(session, channel.port1)
    await call(session, 'attach', load)
    carry(session, channel.port1)
    window.postMessage('castellan:port', location.origin, [channel.port2])
  }

  Object.defineProperty(window, names.deliver, {
    value: (session: string, kind: 'messages' | 'notify', payload: unknown) => {
      if (kind === 'messages') {
        for (const crossing of payload as readonly Crossing[]) ports.get(session)?.postMessage(decode(crossing))
        return
      }
      const words = payload as { readonly title: string; readonly body: string; readonly to: string }
      const shown = new Notification(words.title, { body: words.body, tag: words.to })
      shown.addEventListener('click', () => {
        window.focus()
        shown.close()
        void call('', 'open', words.to)
      })
    },
  })

  // Reports only that the page is used, not how; often enough for a rule in minutes.
  let used = 0
  const onUse = (): void => {
    if (Date.now() - used < 10_000) return
    used = Date.now()
    void call('', 'used', null)
  }
  for (const name of ['pointerdown', 'pointermove', 'wheel', 'keydown']) {
    window.addEventListener(name, onUse, { capture: true, passive: true })
  }

  window.addEventListener('message', (event) => {
    if (event.source !== window || event.data !== 'castellan:hello' || attaching) return
    attaching = true
    void attach().finally(() => {
      attaching = false
    })
  })
}

/** Runs in the page: the browser shows the document's title as the window's. */
export function setPageTitle(title: string): void {
  document.title = title
}

/** Runs in the page, which has the permission during the call. */
export function readClipboard(): Promise<string> {
  return navigator.clipboard.readText()
}

/** Runs in the page. */
export function emptyClipboard(): Promise<void> {
  return navigator.clipboard.writeText('')
}

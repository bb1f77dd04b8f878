import { randomBytes } from 'node:crypto'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

import type { BrowserContext, Page } from 'playwright-core'

import type { NotificationWords } from '../../../shared/contract/control.ts'
import { isPlace } from '../origin.ts'
import { bridgePage, type BridgeNames, type Crossing } from './page-script.ts'

export interface Bridge {
  /** Shows a desktop notification through the page. */
  notify(notification: NotificationWords): Promise<void>
  close(): void
}

export interface BridgeEnds {
  /** Gets the far end of a page's port; called again after every load of the page. */
  readonly connect: (port: MessagePort) => void
  /** A notification was clicked. */
  readonly open: (to: string) => void
  /** A person used the page. */
  readonly used: () => void
}

/**
 * Joins a page to the service: messages of the page's ports cross the browser's pipe in order, batched while a batch is
 * on its way. Must be called before the page loads. A page that loads again gets a new port, and the old one is closed.
 */
export async function bridge(context: BrowserContext, page: Page, origin: string, ends: BridgeEnds): Promise<Bridge> {
  const names: BridgeNames = { origin, call: newName(), deliver: newName() }
  const ports = new Map<string, MessagePort>()
  let current = ''
  let isOpen = true

  const closeAll = (): void => {
    for (const port of ports.values()) port.close()
    ports.clear()
  }

  const attach = (session: string, load: string): void => {
    // A page may load while the window closes: a port for it would keep this process running.
    if (!isOpen) return
    if (load !== current) closeAll()
    current = load
    const { port1, port2 } = new MessageChannel()
    ports.set(session, port1)
    const send = sender(page, names.deliver, session)
    port1.on('message', (data: string | Uint8Array) => send(encode(data)))
    ends.connect(port2)
  }

  await context.exposeBinding(names.call, (source, session: string, kind: string, payload: unknown) => {
    if (source.page !== page || source.frame !== page.mainFrame()) return
    if (kind === 'attach') attach(session, String(payload))
    if (kind === 'open' && typeof payload === 'string' && isPlace(payload)) ends.open(payload)
    if (kind === 'used') ends.used()
    if (kind === 'messages') {
      for (const crossing of payload as readonly Crossing[]) ports.get(session)?.postMessage(decode(crossing))
    }
  })
  await context.addInitScript(bridgePage, names)

  return {
    notify: (notification) => deliver(page, names.deliver, '', 'notify', notification),
    close: () => {
      isOpen = false
      closeAll()
    },
  }
}

/** Sends to one port of a page, one batch at a time. Messages for a closed page are dropped. */
function sender(page: Page, name: string, session: string): (crossing: Crossing) => void {
  let waiting: Crossing[] = []
  let sending = false
  const pump = async (): Promise<void> => {
    sending = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await deliver(page, name, session, 'messages', batch)
    }
    sending = false
  }
  return (crossing) => {
    waiting.push(crossing)
    if (!sending) void pump()
  }
}

/** An error here always means that the page was closed or is loading again, and does not need the payload. */
async function deliver(page: Page, name: string, session: string, kind: string, payload: unknown): Promise<void> {
  const call = (message: { name: string; session: string; kind: string; payload: unknown }) => {
    const to = (globalThis as unknown as Record<string, (...values: unknown[]) => void>)[message.name]
    to?.(message.session, message.kind, message.payload)
  }
  await page.evaluate(call, { name, session, kind, payload }).catch(() => undefined)
}

function encode(data: string | Uint8Array | ArrayBuffer): Crossing {
  if (typeof data === 'string') return data
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data)
  return { base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') }
}

function decode(crossing: Crossing): string | Uint8Array {
  return typeof crossing === 'string' ? crossing : new Uint8Array(Buffer.from(crossing.base64, 'base64'))
}

function newName(): string {
  return `castellan_${randomBytes(12).toString('hex')}`
}

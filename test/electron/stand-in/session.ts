import { createHash } from 'node:crypto'
import { join } from 'node:path'

import { addScheme, outer } from './addresses.ts'
import { app } from './app.ts'
import { type Answer, type Browser, type Session as Target, startBrowser } from './browser.ts'
import { emulated, Emulated, emulates } from './emulated.ts'
import { setUp } from './set-up.ts'

type Handler = (request: Request) => Response | Promise<Response>
type BeforeRequest = (details: Answer, decide: (decision: { cancel?: boolean }) => void) => void
type PermissionRequest = (
  contents: Answer,
  permission: string,
  decide: (given: boolean) => void,
  details: Answer,
) => void
type PermissionCheck = (contents: Answer, permission: string, origin: string, details: Answer) => boolean

/** What a request of a page is. */
export interface Asked {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly resourceType: string
}

/** The permissions that a page can have, by Chromium's names for them; a page of Electron is asked for them one by one. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'clipboard-write',
  'clipboard-read': 'clipboard-read',
  notifications: 'notifications',
  geolocation: 'geolocation',
  midi: 'midi',
}

const registered = new Set<string>()
let browser: Promise<Browser> | null = null

/** The one browser of the application, with the switches that it had when it became ready. */
async function sharedBrowser(): Promise<Browser> {
  browser ??= (async () => {
    await app.whenReady()
    // Beside the profile: what Chromium keeps as a browser is not what Electron keeps.
    const name = createHash('sha256').update(app.getPath('sessionData')).digest('hex').slice(0, 12)
    const started = startBrowser(setUp.browser, join(setUp.home, '.stand-in', name), app.commandLine.$forBrowser())
    process.on('exit', () => started.kill())
    setUp.tell({ type: 'browser', address: await started.address })
    return started
  })()
  return browser
}

export class Protocol {
  readonly $handlers = new Map<string, Handler>()

  handle(scheme: string, handler: Handler): void {
    if (!registered.has(scheme))
      throw new Error(`The scheme ${scheme} has no privileges: the stand-in cannot show its pages.`)
    if (this.$handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    this.$handlers.set(scheme, handler)
  }
}
emulates('Protocol', Protocol)

export class WebRequest {
  $before: BeforeRequest | null = null

  onBeforeRequest(listener: BeforeRequest | null): void {
    this.$before = listener
  }
}
emulates('WebRequest', WebRequest)

/** A partition: its pages, their requests and their permissions. */
export class Session extends Emulated {
  readonly #protocol = new Protocol()
  readonly #webRequest = new WebRequest()
  readonly #partition: string | null
  #made: Promise<string> | null = null
  #request: PermissionRequest | null = null
  #check: PermissionCheck | null = null

  constructor(partition: string | null) {
    super()
    this.#partition = partition
  }

  get protocol(): Protocol {
    return this.#protocol
  }

  get webRequest(): WebRequest {
    return this.#webRequest
  }

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this.#request = handler
  }

  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.#check = handler
  }

  setDevicePermissionHandler(handler: ((details: Answer) => boolean) | null): void {
    this.$device = handler
  }

  setDisplayMediaRequestHandler(handler: unknown): void {
    this.$displayMedia = handler
  }

  $device: ((details: Answer) => boolean) | null = null
  $displayMedia: unknown = undefined

  $browser(): Promise<Browser> {
    return sharedBrowser()
  }

  /** What makes a page one of this partition. */
  async $context(): Promise<{ browserContextId?: string }> {
    if (this.#partition === null) return {}
    this.#made ??= (await sharedBrowser())
      .call('Target.createBrowserContext')
      .then(({ browserContextId }: Answer) => browserContextId as string)
    return { browserContextId: await this.#made }
  }

  /** Gives the pages of each of our schemes what the application's handlers give them. */
  async $preparePage(target: Target): Promise<void> {
    const context = await this.$context()
    const shared = await sharedBrowser()
    // Electron has each download start and asks `will-download` whether it may go on.
    await target.call('Page.setDownloadBehavior', { behavior: 'deny' })
    const origins = [...this.#protocol.$handlers.keys()].map((scheme) => `${scheme}://register`)
    const calls = origins.flatMap((origin) =>
      Object.entries(PERMISSIONS).map(([permission, name]) =>
        shared.call('Browser.setPermission', {
          permission: { name, ...(name === 'clipboard-write' ? { allowWithoutSanitization: false } : {}) },
          setting: this.$mayUse(permission, origin) ? 'granted' : 'denied',
          origin: outer(origin),
          ...context,
        }),
      ),
    )
    await Promise.all(calls)
  }

  /** Without handlers Electron gives a page every permission. */
  $mayUse(permission: string, origin: string): boolean {
    const checked = this.#check?.(null, permission, origin, { requestingUrl: `${origin}/` }) ?? true
    let given = true
    this.#request?.({}, permission, (decision) => (given = decision), { requestingUrl: `${origin}/` })
    return checked && given
  }

  /** What a request is answered: by `onBeforeRequest`, then by the handler of its scheme. Or why it fails. */
  async $answer(asked: Asked): Promise<string | object> {
    if (await this.#isCancelled(asked)) return 'BlockedByClient'
    const handler = this.#protocol.$handlers.get(new URL(asked.url).protocol.slice(0, -1))
    if (handler === undefined) return 'NameNotResolved'
    // A request keeps its own address: `Request` takes one of any scheme.
    const response = await handler(new Request(asked.url, { method: asked.method, headers: asked.headers }))
    return {
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({
        name,
        value: value.replaceAll(/app:\/\/[a-z]+/gu, outer),
      })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    }
  }

  async #isCancelled({ url, method, resourceType }: Asked): Promise<boolean> {
    const listener = this.#webRequest.$before
    if (listener === null) return false
    const { promise, resolve } = Promise.withResolvers<boolean>()
    listener({ url, method, resourceType }, ({ cancel = false }) => resolve(cancel))
    return promise
  }
}
emulates('Session', Session)

const partitions = new Map<string, Session>()
let ofDefault: Session | null = null

/** Electron's module `session`: nothing of it is to be had before the application is ready. */
export const session = emulated('Session', {
  get defaultSession(): Session {
    mustBeReady()
    ofDefault ??= new Session(null)
    return ofDefault
  },
  fromPartition: (partition: string): Session => {
    mustBeReady()
    if (partition.startsWith('persist:'))
      throw new Error('The stand-in for Electron keeps no partition but the default.')
    const known = partitions.get(partition) ?? new Session(partition)
    partitions.set(partition, known)
    return known
  },
})

function mustBeReady(): void {
  if (!app.isReady()) throw new Error('Session can only be received when app is ready')
}

/** Electron's module `protocol`: schemes are named before the application is ready. */
export const protocol = emulated('Protocol', {
  registerSchemesAsPrivileged: (schemes: readonly { scheme: string; privileges?: { standard?: boolean } }[]): void => {
    for (const { scheme, privileges } of schemes) {
      registered.add(scheme)
      if (privileges?.standard === true) addScheme(scheme)
    }
  },
})

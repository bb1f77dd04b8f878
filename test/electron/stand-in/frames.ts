import { randomBytes } from 'node:crypto'

import { inner } from './addresses.ts'
import type { Answer, Session as Target } from './browser.ts'
import { emulates, note } from './emulated.ts'
import { type MessagePortMain, portWire } from './ports.ts'
import { preloadWorld } from './preload-world.ts'

/** The name of the world that preload scripts run in. */
const WORLD = 'Electron Isolated Context'

/** A frame of a page, as a message names its sender. */
export class WebFrameMain {
  url = 'about:blank'
  readonly parent: WebFrameMain | null
  readonly #post: (channel: string, message: unknown, ports: readonly MessagePortMain[]) => void

  constructor(
    parent: WebFrameMain | null,
    post: (channel: string, message: unknown, ports: readonly MessagePortMain[]) => void,
  ) {
    this.parent = parent
    this.#post = post
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#post(channel, message, transfer)
  }
}
emulates('WebFrameMain', WebFrameMain)

/** A message of a page: its channel, what it carries, and the frame that it is from. */
export type OnMessage = (channel: string, values: readonly unknown[], frame: WebFrameMain) => void

/** The frames of a page, and the isolated world of each that its preload script runs in. */
export class Frames {
  readonly mainFrame = this.#newFrame(null)
  readonly #names = { call: newName(), deliver: newName() }
  readonly #frames = new Map<string, WebFrameMain>()
  /** The isolated world of each frame, by the id that messages of the page carry. */
  readonly #worlds = new Map<number, { readonly frame: WebFrameMain; readonly wire: ReturnType<typeof portWire> }>()
  readonly #onMessage: OnMessage
  #target: Target | null = null

  constructor(onMessage: OnMessage) {
    this.#onMessage = onMessage
  }

  /** Whether an id is that of the page's main frame. */
  isMain(frameId: string): boolean {
    return this.#frames.get(frameId) === this.mainFrame
  }

  /** Follows the frames of a target, with the text of its preload script; before it loads anything. */
  async follow(target: Target, script: string | undefined): Promise<void> {
    this.#target = target
    this.#listen(target)
    await target.call('Runtime.addBinding', { name: this.#names.call, executionContextName: WORLD })
    if (script !== undefined) {
      const wrapped = `function (require, module, exports) {${script}\n}`
      await target.call('Page.addScriptToEvaluateOnNewDocument', {
        source: `(${preloadWorld.toString()})(${JSON.stringify(this.#names)}, ${wrapped})`,
        worldName: WORLD,
      })
    }
    const { frameTree } = await target.call('Page.getFrameTree')
    this.#frames.set(frameTree.frame.id as string, this.mainFrame)
  }

  closeAll(): void {
    for (const { wire } of this.#worlds.values()) wire.closeAll()
  }

  #newFrame(parent: WebFrameMain | null): WebFrameMain {
    const frame: WebFrameMain = new WebFrameMain(parent, (channel, message, ports) => {
      const world = [...this.#worlds].find(([, each]) => each.frame === frame)
      if (world === undefined) throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      const [id, { wire }] = world
      note('IpcRenderer.on')
      this.#post(id, ['message', channel, message, ports.map((port) => wire.share(port))])
    })
    return frame
  }

  #post(world: number, values: readonly unknown[]): void {
    void this.#target
      ?.call('Runtime.callFunctionOn', {
        functionDeclaration: `function (...values) { globalThis[${JSON.stringify(this.#names.deliver)}](...values) }`,
        executionContextId: world,
        arguments: values.map((value) => ({ value })),
      })
      // The page is closed, and so is the receiver of the message.
      .catch(() => undefined)
  }

  #listen(target: Target): void {
    target.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      const parent = this.#frames.get(parentFrameId as string) ?? this.mainFrame
      this.#frames.set(frameId as string, this.#newFrame(parent))
    })
    target.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#frames.set(frame.id as string, this.mainFrame)
      this.#moved(frame.id as string, `${frame.url}${frame.urlFragment ?? ''}`)
    })
    target.on('Page.navigatedWithinDocument', ({ frameId, url }) => this.#moved(frameId as string, url as string))
    target.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason !== 'swap') this.#frames.delete(frameId as string)
    })
    target.on('Runtime.executionContextCreated', ({ context }) => {
      const frame = this.#frames.get(context.auxData.frameId as string)
      if (frame === undefined || context.name !== WORLD) return
      const world = context.id as number
      const wire = portWire(`main${world}-`, ({ to, data, closed }) => {
        this.#post(world, closed === true ? ['close', to] : ['port', to, encode(data)])
      })
      this.#worlds.set(world, { frame, wire })
    })
    target.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#close(executionContextId as number),
    )
    target.on('Runtime.executionContextsCleared', () => {
      for (const world of this.#worlds.keys()) this.#close(world)
    })
    target.on('Runtime.bindingCalled', (called) => this.#onCalled(called))
  }

  #moved(frameId: string, url: string): void {
    const known = this.#frames.get(frameId)
    if (known !== undefined) known.url = inner(url)
  }

  #close(world: number): void {
    this.#worlds.get(world)?.wire.closeAll()
    this.#worlds.delete(world)
  }

  #onCalled({ name, payload, executionContextId }: Answer): void {
    const world = this.#worlds.get(executionContextId as number)
    if (name !== this.#names.call || world === undefined) return
    const [kind, to, values] = JSON.parse(payload as string) as [string, string, Answer]
    if (kind === 'port') world.wire.receive({ to, data: decode(values) })
    if (kind !== 'send') return
    note('IpcRenderer.send')
    this.#onMessage(to, values as unknown[], world.frame)
  }
}

function encode(data: unknown): unknown {
  if (typeof data === 'string') return data
  if (data instanceof Uint8Array) return { base64: Buffer.from(data).toString('base64') }
  throw new TypeError('The stand-in for Electron carries text and bytes between a page and its main process.')
}

function decode(crossed: string | { readonly base64: string }): unknown {
  return typeof crossed === 'string' ? crossed : new Uint8Array(Buffer.from(crossed.base64, 'base64'))
}

export function newName(): string {
  return `electron_${randomBytes(12).toString('hex')}`
}

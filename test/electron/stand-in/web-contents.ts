import { readFileSync } from 'node:fs'

import type { PrintToPDFOptions, WindowOpenHandlerResponse } from 'electron'

import { inner, outer } from './addresses.ts'
import { app } from './app.ts'
import type { Answer, Session as Target } from './browser.ts'
import { NativeImage, person } from './desktop.ts'
import { Emulated, emulates } from './emulated.ts'
import { Frames, newName, type WebFrameMain } from './frames.ts'
import { ipcMain } from './ipc-main.ts'
import { NavigationHistory } from './navigation-history.ts'
import type { Session } from './session.ts'
import { setUp } from './set-up.ts'

/** An event whose default can be prevented. */
export function preventable<T extends object>(values: T): T & { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    ...values,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}

export interface ContentsOptions {
  readonly session: Session
  readonly preload?: string
  readonly javascript?: boolean
  /** In device-independent pixels. */
  readonly size: { readonly width: number; readonly height: number }
}

let ids = 0

/** A page. It is a target of the browser, which `$target` resolves to. */
export class WebContents extends Emulated {
  readonly id: number
  readonly #session: Session
  readonly #history: NavigationHistory
  readonly #target: Promise<Target>
  readonly #targetId = Promise.withResolvers<string>()
  readonly #frames = new Frames((channel, values, frame) => {
    ipcMain.emit(channel, { sender: this, senderFrame: frame, frameId: 0, processId: 1, ports: [] }, ...values)
  })
  #opener: (details: Answer) => WindowOpenHandlerResponse = () => ({ action: 'allow' })
  /** The address that the application itself loads: it asks nothing of `will-navigate`. */
  #asked: string | null = null
  #loading: PromiseWithResolvers<void> | null = null
  #isRemoved = false

  constructor(options: ContentsOptions) {
    super()
    ids += 1
    this.id = ids
    this.#session = options.session
    this.#history = new NavigationHistory(() => this.#target)
    this.#target = this.#open(options)
    this.#target.catch((error: unknown) => {
      if (!this.#isRemoved) process.stderr.write(`stand-in: ${(error as Error).stack}\n`)
    })
    // After the listeners of the application are there.
    app.emit('web-contents-created', {}, this)
  }

  get session(): Session {
    return this.#session
  }

  get navigationHistory(): NavigationHistory {
    return this.#history
  }

  get mainFrame(): WebFrameMain {
    return this.#frames.mainFrame
  }

  getURL(): string {
    return this.#frames.mainFrame.url === 'about:blank' ? '' : this.#frames.mainFrame.url
  }

  isDestroyed(): boolean {
    return this.#isRemoved
  }

  async loadURL(url: string): Promise<void> {
    const target = await this.#target
    this.#asked = outer(url)
    this.#loading?.reject(new Error(`ERR_ABORTED (-3) loading '${url}'`))
    const loading = Promise.withResolvers<void>()
    loading.promise.catch(() => undefined)
    this.#loading = loading
    const { errorText } = (await target.call('Page.navigate', { url: this.#asked })) as { errorText?: string }
    if (errorText !== undefined) throw new Error(`${errorText.replace('net::', '')} (-2) loading '${url}'`)
    await loading.promise
  }

  reload(): void {
    void this.#target.then((target) => {
      this.#asked = outer(this.#frames.mainFrame.url)
      return target.call('Page.reload')
    })
  }

  setWindowOpenHandler(handler: (details: Answer) => WindowOpenHandlerResponse): void {
    this.#opener = handler
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const target = await this.#target
    const { result, exceptionDetails } = await target.call('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  async capturePage(): Promise<NativeImage> {
    const target = await this.#target
    const { data } = await target.call('Page.captureScreenshot', { format: 'png' })
    return new NativeImage('', Buffer.from(data as string, 'base64'))
  }

  /** The processes of its pages are Chromium's, under no sandbox of root's. */
  getOSProcessId(): number {
    throw new Error('The stand-in for Electron does not know the process of a page.')
  }

  async printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    const { preferCSSPageSize = false, printBackground = false, generateTaggedPDF = false, ...others } = options
    if (Object.keys(others).length > 0)
      throw new Error(`The stand-in does not print with ${Object.keys(others).join(', ')}.`)
    const target = await this.#target
    const { data } = await target.call('Page.printToPDF', { preferCSSPageSize, printBackground, generateTaggedPDF })
    return Buffer.from(data as string, 'base64')
  }

  /** Chromium's own search; it reports its progress by `found-in-page`. */
  findInPage(
    text: string,
    { forward = true, findNext = false }: { forward?: boolean; findNext?: boolean } = {},
  ): number {
    if (text === '') throw new TypeError('Must provide a non-empty search content')
    ids += 1
    const requestId = ids
    const code = `(() => {
      const text = ${JSON.stringify(text.toLowerCase())}
      if (${!findNext}) getSelection().removeAllRanges()
      const found = window.find(text, false, ${!forward}, true)
      const matches = document.body.innerText.toLowerCase().split(text).length - 1
      return { matches: found ? Math.max(1, matches) : 0 }
    })()`
    void this.executeJavaScript(code).then((result) => {
      const { matches } = result as { matches: number }
      return this.emit(
        'found-in-page',
        {},
        { requestId, matches, activeMatchOrdinal: Math.min(1, matches), finalUpdate: true },
      )
    })
    return requestId
  }

  stopFindInPage(action: 'clearSelection' | 'keepSelection' | 'activateSelection'): void {
    if (action === 'clearSelection') void this.executeJavaScript('getSelection().removeAllRanges()')
  }

  /** A key goes down or up in the page. */
  sendInputEvent({
    type,
    keyCode,
    modifiers = [],
  }: {
    type: string
    keyCode: string
    modifiers?: readonly string[]
  }): void {
    const types: Record<string, string> = { keyDown: 'rawKeyDown', keyUp: 'keyUp' }
    if (types[type] === undefined) throw new Error(`The stand-in for Electron sends no ${type} to a page.`)
    this.emit('input-event', {}, { type, modifiers })
    const bits: Record<string, number> = { alt: 1, control: 2, meta: 4, shift: 8 }
    void this.#target.then((target) =>
      target.call('Input.dispatchKeyEvent', {
        type: types[type],
        modifiers: modifiers.reduce((sum, each) => sum + (bits[each] ?? 0), 0),
        key: keyCode.toLowerCase(),
        code: `Key${keyCode.toUpperCase()}`,
        windowsVirtualKeyCode: keyCode.toUpperCase().codePointAt(0),
      }),
    )
  }

  forcefullyCrashRenderer(): void {
    // The crashed page answers nothing more.
    void this.#target.then((target) => target.call('Page.crash')).catch(() => undefined)
  }

  /** Asks the page whether it may go, and closes it then. A page that is just being replaced does not hear it, and is asked again. */
  async $close(): Promise<void> {
    const target = await this.#target
    const answer = { stays: false }
    this.once('$stayed', () => (answer.stays = true))
    while (!answer.stays && !this.#isRemoved) {
      await target.call('Page.close').catch(() => undefined)
      await new Promise((settle) => setTimeout(settle, 500))
    }
  }

  /** Ends the page without asking it. */
  $destroy(): void {
    if (this.#isRemoved) return
    this.#isRemoved = true
    this.#frames.closeAll()
    void Promise.all([this.#session.$browser(), this.#targetId.promise])
      .then(([browser, targetId]) => browser.call('Target.closeTarget', { targetId }))
      .catch(() => undefined)
    void this.#target.then((target) => target.end())
    this.emit('destroyed')
  }

  get $targetId(): Promise<string> {
    return this.#targetId.promise
  }

  async #open({ session, preload, javascript = true, size }: ContentsOptions): Promise<Target> {
    const browser = await session.$browser()
    const { targetId } = await browser.call('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...size,
      ...(await session.$context()),
    })
    this.#targetId.resolve(targetId as string)
    const target = await browser.attach(targetId as string)
    this.#listen(target)
    const names: ReportNames = { copied: newName(), opened: newName() }
    target.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === names.copied) person.clipboard = payload as string
      if (name === names.opened) this.#onOpened(payload as string)
    })
    await Promise.all([
      target.call('Page.enable'),
      target.call('Runtime.enable'),
      target.call('Page.setLifecycleEventsEnabled', { enabled: true }),
      target.call('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      ...Object.values(names).map((name) => target.call('Runtime.addBinding', { name })),
      target.call('Page.addScriptToEvaluateOnNewDocument', {
        source: `(${reportToMain.toString()})(${JSON.stringify(names)})`,
      }),
      session.$preparePage(target),
      ...(javascript ? [] : [target.call('Emulation.setScriptExecutionDisabled', { value: true })]),
      this.#frames.follow(target, preload === undefined ? undefined : this.#readPreload(preload)),
    ])
    browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
      if (targetInfo.targetId === targetId && !this.#isRemoved)
        this.emit('page-title-updated', preventable({}), targetInfo.title, true)
    })
    browser.on('Target.targetDestroyed', ({ targetId: removed }) => {
      if (removed !== targetId || this.#isRemoved) return
      this.emit('$closed')
    })
    await browser.call('Target.setDiscoverTargets', { discover: true })
    return target
  }

  /** A script that cannot be read is reported when the page begins, and the page goes on without it. */
  #readPreload(path: string): string | undefined {
    try {
      return readFileSync(setUp.isPreloadMissing ? `${path}.missing` : path, 'utf8')
    } catch (error) {
      this.once('dom-ready', () => this.emit('preload-error', {}, path, error))
      return undefined
    }
  }

  #listen(target: Target): void {
    target.on('Fetch.requestPaused', (paused) => void this.#onRequest(target, paused))
    target.on('Page.lifecycleEvent', ({ frameId, name }) => this.#onLife(frameId as string, name as string))
    target.on('Page.javascriptDialogOpening', ({ type, message }) => {
      if (type !== 'beforeunload') throw new Error(`The stand-in shows no dialog of a page: ${message}`)
      const event = preventable({})
      if (!this.#isRemoved) this.emit('will-prevent-unload', event)
      const accept = this.#isRemoved || event.defaultPrevented
      void target.call('Page.handleJavaScriptDialog', { accept }).catch(() => undefined)
      if (!accept) this.emit('$stayed')
    })
    target.on('Inspector.targetCrashed', () => {
      const details = { reason: 'crashed', exitCode: 1 }
      this.emit('render-process-gone', {}, details)
      app.emit('render-process-gone', {}, this, details)
    })
  }

  #onLife(frameId: string, name: string): void {
    if (!this.#frames.isMain(frameId) || this.getURL() === '') return
    if (name === 'DOMContentLoaded') this.emit('dom-ready', {})
    if (name === 'firstPaint') this.emit('$painted')
    if (name !== 'load') return
    this.#loading?.resolve()
    this.#loading = null
    this.emit('did-finish-load')
  }

  /** What the application answers to a page that asks for another window. */
  $askOpen(url: string): WindowOpenHandlerResponse {
    return this.#opener({ url, frameName: '', features: '', disposition: 'foreground-tab' })
  }

  #onOpened(url: string): void {
    const { action } = this.$askOpen(inner(url))
    if (action !== 'deny') throw new Error('The stand-in for Electron opens no window for a page.')
  }

  /** A request of the page: a navigation is asked about first, then the session decides and answers. */
  async #onRequest(target: Target, { requestId, request, resourceType, frameId }: Answer): Promise<void> {
    const url = inner(request.url as string)
    const isOwn = this.#asked === request.url
    if (resourceType === 'Document' && isOwn) this.#asked = null
    if (resourceType === 'Document' && !isOwn && !this.#mayGo(url, frameId as string)) {
      await target.call('Fetch.failRequest', { requestId, errorReason: 'Aborted' }).catch(() => undefined)
      return
    }
    const answer = await this.#session.$answer({
      url,
      method: request.method as string,
      headers: request.headers as Record<string, string>,
      resourceType: resourceType as string,
    })
    const call =
      typeof answer === 'string'
        ? target.call('Fetch.failRequest', { requestId, errorReason: answer })
        : target.call('Fetch.fulfillRequest', { requestId, ...answer })
    if (answer === 'BlockedByClient' && resourceType === 'Document')
      this.emit('did-fail-load', {}, -20, 'ERR_BLOCKED_BY_CLIENT', url, this.#frames.isMain(frameId as string))
    // The page may be closed by now.
    await call.catch(() => undefined)
  }

  #mayGo(url: string, frameId: string): boolean {
    const isMainFrame = this.#frames.isMain(frameId)
    const frame = preventable({ url, isMainFrame })
    this.emit('will-frame-navigate', frame)
    if (frame.defaultPrevented || !isMainFrame) return !frame.defaultPrevented
    const event = preventable({ url, isMainFrame })
    this.emit('will-navigate', event, url)
    return !event.defaultPrevented
  }
}
emulates('WebContents', WebContents)

/** What the page calls when it copies, and when it asks for another window. */
interface ReportNames {
  readonly copied: string
  readonly opened: string
}

/**
 * Runs in the page before its own scripts: copied text is sent to the desktop's clipboard, and a request for a window
 * is passed to the main process and refused. Chromium would open it first, beside the page that waits for it.
 */
function reportToMain(names: ReportNames): void {
  const page = globalThis as unknown as Record<string, (text: string) => void>
  const [copied, opened] = [names.copied, names.opened].map((name) => {
    const report = page[name]
    Reflect.deleteProperty(page, name)
    return (text: string): void => report?.(text)
  })
  const writeText = navigator.clipboard.writeText.bind(navigator.clipboard)
  navigator.clipboard.writeText = async (text) => {
    await writeText(text)
    copied?.(text)
  }
  addEventListener('copy', () => copied?.(String(getSelection())))
  window.open = (url = '') => {
    opened?.(new URL(url, location.href).href)
    return null
  }
  addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>('a[href]') ?? null
    const isApart = link !== null && (link.target === '_blank' || event.ctrlKey || event.metaKey || event.shiftKey)
    if (!isApart || event.defaultPrevented) return
    event.preventDefault()
    opened?.(link.href)
  })
}

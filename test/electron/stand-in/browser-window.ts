import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'

import { app } from './app.ts'
import { Emulated, emulates } from './emulated.ts'
import { session, type Session } from './session.ts'
import { preventable, WebContents } from './web-contents.ts'
import { windows } from './windows.ts'

/** What a window may be made with: each is emulated, or has no effect that a page or a test could see. */
const OPTIONS = new Set('x y width height minWidth minHeight show title backgroundColor webPreferences icon'.split(' '))
const PREFERENCES = new Set(
  (
    'preload session sandbox contextIsolation javascript devTools spellcheck safeDialogs webSecurity webviewTag ' +
    'nodeIntegration nodeIntegrationInWorker nodeIntegrationInSubFrames allowRunningInsecureContent ' +
    'experimentalFeatures navigateOnDragDrop backgroundThrottling'
  ).split(' '),
)

/** What the stand-in always does, and a window has to ask for: nothing weaker is emulated. */
const ALWAYS = { sandbox: true, contextIsolation: true, nodeIntegration: false }

let ids = 0

export class BrowserWindow extends Emulated {
  readonly id: number
  readonly #contents: WebContents
  readonly $options: BrowserWindowConstructorOptions
  #bounds: Rectangle
  #title: string
  #isVisible: boolean
  #isMinimized = false
  #isMaximized = false
  #isDestroyed = false
  #isClosing = false

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const { webPreferences: preferences = {} } = options
    only(OPTIONS, options)
    only(PREFERENCES, preferences)
    for (const [name, value] of Object.entries(ALWAYS))
      if (preferences[name as keyof typeof ALWAYS] !== value)
        throw new Error(`The stand-in has ${name}: ${value} only.`)
    ids += 1
    this.id = ids
    this.$options = options
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.#title = options.title ?? app.name
    this.#isVisible = options.show ?? true
    windows.open.add(this)
    this.#contents = new WebContents({
      session: (preferences.session as unknown as Session | undefined) ?? session.defaultSession,
      ...(preferences.preload === undefined ? {} : { preload: preferences.preload }),
      ...(preferences.javascript === undefined ? {} : { javascript: preferences.javascript }),
      size: { width, height },
    })
    this.#contents.once('$painted', () => this.emit('ready-to-show'))
    this.#contents.on('$closed', () => this.destroy())
    this.#contents.on('$stayed', () => {
      this.#isClosing = false
      app.$windowStayed()
    })
    this.#contents.on(
      'page-title-updated',
      (event: { defaultPrevented: boolean }, title: string, explicit: boolean) => {
        this.emit('page-title-updated', event, title, explicit)
        if (!event.defaultPrevented) this.#title = title
      },
    )
  }

  get webContents(): WebContents {
    this.#mustBeThere()
    return this.#contents
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.open]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return windows.focused
  }

  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url)
  }

  close(): void {
    if (this.#isDestroyed || this.#isClosing) return
    const event = preventable({})
    this.emit('close', event)
    if (event.defaultPrevented) return app.$windowStayed()
    this.#isClosing = true
    void this.#contents.$close()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    if (windows.focused === this) windows.focused = null
    windows.open.delete(this)
    this.#contents.$destroy()
    this.emit('closed')
    app.$windowClosed()
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  show(): void {
    this.#mustBeThere()
    this.#isVisible = true
    this.emit('show')
    this.focus()
  }

  showInactive(): void {
    this.#mustBeThere()
    this.#isVisible = true
    this.emit('show')
  }

  hide(): void {
    this.#mustBeThere()
    this.#isVisible = false
    if (windows.focused === this) windows.focused = null
    this.emit('hide')
  }

  isVisible(): boolean {
    this.#mustBeThere()
    return this.#isVisible
  }

  focus(): void {
    this.#mustBeThere()
    windows.focused = this
    this.emit('focus')
  }

  minimize(): void {
    this.#mustBeThere()
    this.#isMinimized = true
  }

  isMinimized(): boolean {
    this.#mustBeThere()
    return this.#isMinimized
  }

  restore(): void {
    this.#mustBeThere()
    this.#isMinimized = false
  }

  maximize(): void {
    this.#mustBeThere()
    this.#isMaximized = true
    this.#isVisible = true
  }

  isMaximized(): boolean {
    this.#mustBeThere()
    return this.#isMaximized
  }

  getNormalBounds(): Rectangle {
    this.#mustBeThere()
    return { ...this.#bounds }
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#mustBeThere()
    this.#bounds = { ...this.#bounds, ...bounds }
  }

  setTitle(title: string): void {
    this.#mustBeThere()
    this.#title = title
  }

  getTitle(): string {
    this.#mustBeThere()
    return this.#title
  }

  setBackgroundColor(colour: string): void {
    this.#mustBeThere()
    this.$background = colour
  }

  $background: string | null = null

  #mustBeThere(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
  }
}
emulates('BrowserWindow', BrowserWindow)

function only(known: ReadonlySet<string>, options: object): void {
  const others = Object.keys(options).filter((name) => !known.has(name))
  if (others.length > 0) throw new Error(`The stand-in for Electron makes no window with ${others.join(', ')}.`)
}

import { EventEmitter } from 'node:events'

/** What the shell did to Electron, and what Electron may do to the shell: enough of its API to run the shell's own code. */

type Handler = (...values: never[]) => unknown

interface MenuItem {
  readonly role?: string
  readonly label?: string
  readonly enabled?: boolean
  readonly submenu?: readonly MenuItem[]
  readonly click?: () => void
}

interface Recorded {
  readonly switches: [string, string?][]
  readonly schemes: unknown[]
  readonly windows: BrowserWindow[]
  readonly handlers: Record<string, Handler>
  readonly forked: { file: string; args: readonly string[]; sent: unknown[]; child: EventEmitter }[]
  readonly channels: { port1: object; port2: object }[]
  readonly errorBoxes: [string, string][]
  sandboxed: boolean
  exit: number | null
  readonly menu: MenuItem[]
  readonly contextMenus: (readonly MenuItem[])[]
  /** Which button a person presses: its index. */
  answer: number
  questions: number
  readonly notifications: Notification[]
}

export const recorded: Recorded = {
  switches: [],
  schemes: [],
  windows: [],
  handlers: {},
  forked: [],
  channels: [],
  errorBoxes: [],
  sandboxed: false,
  exit: null,
  menu: [],
  contextMenus: [],
  answer: 0,
  questions: 0,
  notifications: [],
}

class FakeContents extends EventEmitter {
  /** Whether the page says that something is not saved (`beforeunload`). */
  isUnsaved = false
  reloads = 0
  clears = 0
  readonly navigationHistory = {
    clear: () => {
      this.clears += 1
    },
  }
  page = ''
  url = ''
  getURL(): string {
    return this.url
  }
  printToPDF(): Promise<Buffer> {
    return Promise.resolve(Buffer.from(`PDF of ${this.page}`))
  }
  reload(): void {
    this.reloads += 1
  }
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
}

export class BrowserWindow extends EventEmitter {
  readonly options: Record<string, unknown>
  url = ''
  title = ''
  readonly webContents = new FakeContents()

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    recorded.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    this.url = url
    this.webContents.url = url
    const { session: own } = (this.options['webPreferences'] ?? {}) as { session?: FakeSession }
    if (own === undefined) return
    const page = (await own.answer('app', { url })) as Response
    this.webContents.page = await page.text()
  }
  destroy(): void {
    this.emit('closed')
  }
  setTitle(title: string): void {
    this.title = title
  }
  /** "close" first; then what the page says, which `preventDefault` of `will-prevent-unload` overrules; "closed" last. */
  close(): void {
    this.emit('close', {})
    let isLeft = !this.webContents.isUnsaved
    const event = {
      preventDefault: () => {
        isLeft = true
      },
    }
    if (!isLeft) this.webContents.emit('will-prevent-unload', event)
    if (isLeft) this.emit('closed')
  }
  isDestroyed(): boolean {
    return false
  }
  isVisible(): boolean {
    return true
  }
  getNormalBounds(): object {
    return { x: 0, y: 0, width: 1200, height: 800 }
  }
  isMaximized(): boolean {
    return false
  }
  isMinimized(): boolean {
    return false
  }
  show(): void {
    this.emit('shown')
  }
  focus(): void {
    this.emit('focused')
  }
}

class FakeApp extends EventEmitter {
  readonly isPackaged = true
  readonly name = 'Castellan'
  readonly commandLine = {
    hasSwitch: (name: string) => recorded.switches.some(([known]) => known === name),
    appendSwitch: (name: string, value?: string) =>
      void recorded.switches.push(value === undefined ? [name] : [name, value]),
  }
  setAppUserModelId(id: string): void {
    recorded.switches.push(['app-user-model-id', id])
  }
  enableSandbox(): void {
    recorded.sandboxed = true
  }
  getPath(): string {
    return '/home/person'
  }
  quit(): void {
    let isPrevented = false
    const event = {
      preventDefault: () => {
        isPrevented = true
      },
    }
    this.emit('before-quit', event)
    if (!isPrevented) throw new Error('It quits before its register is closed.')
  }
  exit(code: number): void {
    recorded.exit = code
  }
}

const keep =
  (name: string, partition = '') =>
  (handler: Handler): void => {
    recorded.handlers[`${partition}${name}`] = handler
  }

class FakeSession extends EventEmitter {
  private readonly partition: string
  constructor(partition = '') {
    super()
    this.partition = partition
  }
  readonly setPermissionRequestHandler = (handler: Handler): void => keep('permission-request', this.partition)(handler)
  readonly setPermissionCheckHandler = (handler: Handler): void => keep('permission-check', this.partition)(handler)
  readonly setDevicePermissionHandler = keep('device')
  readonly setDisplayMediaRequestHandler = (handler: Handler | null): void =>
    keep('display-media')(handler ?? (() => null))
  readonly webRequest = {
    onBeforeRequest: (handler: Handler): void => keep('before-request', this.partition)(handler),
  }
  readonly protocol = {
    handle: (scheme: string, handler: Handler): void => keep(`protocol ${scheme}`, this.partition)(handler),
  }
  /** What a scheme answers to a request of this session. */
  answer(scheme: string, request: { url: string }): unknown {
    return (recorded.handlers[`${this.partition}protocol ${scheme}`] as unknown as (asked: object) => unknown)(request)
  }
}

export const app = new FakeApp()
export const session = {
  defaultSession: new FakeSession(),
  fromPartition: (name: string) => new FakeSession(`${name} `),
}
export const ipcMain = new EventEmitter()
export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: (): number => 0 })
export const clipboard = {
  text: '',
  readText: () => clipboard.text,
  clear: () => {
    clipboard.text = ''
  },
}
export const nativeTheme = { shouldUseDarkColors: false }
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
export const protocol = { registerSchemesAsPrivileged: (schemes: unknown[]) => void recorded.schemes.push(...schemes) }
export const nativeImage = { createFromPath: (path: string) => ({ path }) }
export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]) =>
    Object.assign([...template], { popup: () => void recorded.contextMenus.push(template) }),
  setApplicationMenu: (items: readonly MenuItem[]) => void recorded.menu.push(...items),
}
export class Tray extends EventEmitter {
  setToolTip(): void {
    // Nothing looks at it.
  }
  setContextMenu(): void {
    // Nothing looks at it.
  }
}
export class Notification extends EventEmitter {
  isClosed = false
  show(): void {
    recorded.handlers['notification-click'] = () => this.emit('click')
    recorded.notifications.push(this)
  }
  close(): void {
    this.isClosed = true
    this.emit('close')
  }
}
export const dialog = {
  showMessageBoxSync: () => {
    recorded.questions += 1
    return recorded.answer
  },
  showErrorBox: (title: string, content: string) => void recorded.errorBoxes.push([title, content]),
  showSaveDialog: () => Promise.resolve({ canceled: false, filePath: '/home/person/register.md' }),
  showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: ['/home/person/evidence'] }),
}
export class MessageChannelMain {
  readonly port1 = { name: 'service' }
  readonly port2 = { name: 'window' }
  constructor() {
    recorded.channels.push(this)
  }
}
export const utilityProcess = {
  fork: (file: string, args: readonly string[]) => {
    const child = Object.assign(new EventEmitter(), {
      postMessage: (message: unknown, ports: unknown[]) =>
        void fork.sent.push(ports.length > 0 ? [message, ports] : message),
      kill: () => true,
    })
    const fork = { file, args, sent: [] as unknown[], child }
    recorded.forked.push(fork)
    return child
  },
}

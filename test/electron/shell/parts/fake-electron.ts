import { EventEmitter } from 'node:events'

/** What the shell did to Electron, and what Electron may do to the shell: enough of its API to run the shell's own code. */

type Handler = (...values: never[]) => unknown

interface MenuItem {
  readonly role?: string
  readonly label?: string
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
}

class FakeContents extends EventEmitter {
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
  loadURL(url: string): Promise<void> {
    this.url = url
    return Promise.resolve()
  }
  setTitle(title: string): void {
    this.title = title
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
    appendSwitch: (name: string, value?: string) =>
      void recorded.switches.push(value === undefined ? [name] : [name, value]),
  }
  enableSandbox(): void {
    recorded.sandboxed = true
  }
  getPath(): string {
    return '/home/person'
  }
  quit(): void {
    this.emit('before-quit', { preventDefault: () => undefined })
  }
  exit(code: number): void {
    recorded.exit = code
  }
}

const keep =
  (name: string) =>
  (handler: Handler): void => {
    recorded.handlers[name] = handler
  }

class FakeSession extends EventEmitter {
  readonly setPermissionRequestHandler = keep('permission-request')
  readonly setPermissionCheckHandler = keep('permission-check')
  readonly setDevicePermissionHandler = keep('device')
  readonly setDisplayMediaRequestHandler = (handler: Handler | null): void =>
    keep('display-media')(handler ?? (() => null))
  readonly webRequest = { onBeforeRequest: keep('before-request') }
  readonly protocol = {
    handle: (scheme: string, handler: Handler): void => {
      recorded.handlers[`protocol ${scheme}`] = handler
    },
  }
}

export const app = new FakeApp()
export const session = { defaultSession: new FakeSession() }
export const ipcMain = new EventEmitter()
export const nativeTheme = { shouldUseDarkColors: false }
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
export const protocol = { registerSchemesAsPrivileged: (schemes: unknown[]) => void recorded.schemes.push(...schemes) }
export const nativeImage = { createFromPath: (path: string) => ({ path }) }
export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]) => template,
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
  show(): void {
    recorded.handlers['notification-click'] = () => this.emit('click')
  }
}
export const dialog = {
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

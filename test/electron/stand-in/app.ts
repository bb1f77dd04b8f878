import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { isAbsolute, join } from 'node:path'
import { tmpdir } from 'node:os'

import { Emulated, emulates, life } from './emulated.ts'
import { setUp } from './set-up.ts'
import { windows } from './windows.ts'

/** Switches of the application that change what pages are shown as; Chromium is given them, the others are noted. */
const FOR_BROWSER = ['host-resolver-rules', 'disable-background-networking', 'js-flags', 'force-device-scale-factor']

export class CommandLine {
  readonly #switches = new Map<string, string>()

  constructor(args: readonly string[]) {
    for (const arg of args) {
      const [, name, value = ''] = /^--(?<name>[^=]+)(?:=(?<value>.*))?$/su.exec(arg) ?? []
      if (name !== undefined) this.#switches.set(name, value)
    }
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name)
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? ''
  }

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name, value)
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name)
  }

  $forBrowser(): string[] {
    return [...this.#switches]
      .filter(([name]) => FOR_BROWSER.includes(name))
      .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`))
  }
}
emulates('CommandLine', CommandLine)

/** The icon in macOS's dock. */
export class Dock {
  readonly $badges: string[] = []

  setBadge(text: string): void {
    this.$badges.push(text)
  }

  setMenu(menu: unknown): void {
    this.$menu = menu
  }

  $menu: unknown = null
}
emulates('Dock', Dock)

export class App extends Emulated {
  readonly #commandLine = new CommandLine(setUp.args)
  readonly dock = setUp.platform === 'darwin' ? new Dock() : undefined
  readonly #paths = new Map<string, string>()
  readonly #ready = Promise.withResolvers<void>()
  #isQuitting = false
  #exitCode: number | null = null
  #lock: { release(): void } | null = null
  /** A message in transit to the instance that has the lock. */
  #sending: Promise<void> = Promise.resolve()
  readonly $recorded: Record<string, unknown> = {}

  constructor() {
    super()
    setTimeout(() => {
      life.isReady = true
      this.emit('ready', {}, {})
      this.#ready.resolve()
    }, 50)
  }

  get commandLine(): CommandLine {
    return this.#commandLine
  }

  get name(): string {
    return 'Castellan'
  }

  get isPackaged(): boolean {
    return setUp.isPackaged
  }

  isReady(): boolean {
    return life.isReady
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  getVersion(): string {
    return (JSON.parse(readFileSync(join(setUp.root, 'package.json'), 'utf8')) as { version: string }).version
  }

  getAppMetrics(): { pid: number; type: string }[] {
    return [{ pid: process.pid, type: 'Browser' }]
  }

  getAppPath(): string {
    return setUp.root
  }

  getPath(name: string): string {
    const { home } = setUp
    const known: Record<string, string> = {
      home,
      appData: join(home, '.config'),
      userData: join(home, '.config', this.name),
      downloads: join(home, 'Downloads'),
      temp: tmpdir(),
      exe: process.execPath,
    }
    const path = this.#paths.get(name) ?? (name === 'sessionData' ? this.getPath('userData') : known[name])
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    return path
  }

  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`)
    this.#paths.set(name, path)
  }

  enableSandbox(): void {
    // As in Electron: a switch that turned the sandbox off is removed.
    this.commandLine.removeSwitch('no-sandbox')
    this.commandLine.appendSwitch('enable-sandbox')
  }

  setAppUserModelId(id: string): void {
    this.$recorded['appUserModelId'] = id
  }

  setToastActivatorCLSID(id: string): void {
    this.$recorded['toastActivator'] = id
  }

  setAboutPanelOptions(options: object): void {
    this.$recorded['about'] = options
  }

  showAboutPanel(): void {
    this.$recorded['aboutShown'] = true
  }

  setBadgeCount(count = 0): boolean {
    this.$recorded['badge'] = count
    return true
  }

  setLoginItemSettings(settings: object): void {
    this.$recorded['loginItem'] = settings
  }

  getLoginItemSettings(): { openAtLogin: boolean } {
    const { openAtLogin = false } = (this.$recorded['loginItem'] ?? {}) as { openAtLogin?: boolean }
    return { openAtLogin }
  }

  relaunch(options: object = {}): void {
    this.$recorded['relaunch'] = options
  }

  /** The lock is a socket in the folder of the user's data; who comes second sends its arguments there. */
  requestSingleInstanceLock(data: object = {}): boolean {
    const folder = this.getPath('userData')
    const [socket, holder] = [join(folder, 'instance.sock'), join(folder, 'instance.pid')]
    if (isAlive(holder)) {
      this.#sending = sendTo(socket, { argv: process.argv, cwd: process.cwd(), data })
      return false
    }
    mkdirSync(folder, { recursive: true })
    this.#lock = holdLock(socket, holder, ({ argv, cwd, data: extra }) =>
      this.emit('second-instance', {}, argv, cwd, extra),
    )
    return true
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release()
    this.#lock = null
  }

  quit(): void {
    if (this.#isQuitting || this.#exitCode !== null) return
    let isPrevented = false
    this.#isQuitting = true
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) })
    if (isPrevented) {
      this.#isQuitting = false
      return
    }
    if (windows.open.size === 0) return this.#end()
    for (const window of windows.open) window.close()
  }

  exit(code = 0): void {
    if (this.#exitCode !== null) return
    this.#exitCode = code
    for (const window of windows.open) window.destroy()
    this.emit('quit', {}, code)
    this.#lock?.release()
    void this.#sending.finally(() => process.exit(code))
  }

  /** A window stays open, so the application does not quit. */
  $windowStayed(): void {
    this.#isQuitting = false
  }

  $windowClosed(): void {
    if (windows.open.size > 0 || this.#exitCode !== null) return
    if (this.#isQuitting) this.#end()
    else if (!this.emit('window-all-closed')) this.quit()
  }

  #end(): void {
    let isPrevented = false
    this.emit('will-quit', { preventDefault: () => (isPrevented = true) })
    if (isPrevented) this.#isQuitting = false
    else this.exit(0)
  }
}
emulates('App', App)

export const app = new App()

interface Instance {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly data: object
}

function isAlive(holder: string): boolean {
  try {
    process.kill(Number(readFileSync(holder, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}

async function sendTo(socket: string, instance: Instance): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const line = connect(socket, () => line.end(JSON.stringify(instance)))
  line.on('close', () => resolve()).on('error', () => resolve())
  await promise
}

function holdLock(socket: string, holder: string, onSecond: (instance: Instance) => void): { release(): void } {
  rmSync(socket, { force: true })
  const server = createServer((line) => {
    let said = ''
    line.on('data', (data) => (said += data.toString('utf8')))
    line.on('end', () => onSecond(JSON.parse(said) as Instance))
  })
  server.listen(socket).unref()
  writeFileSync(holder, String(process.pid))
  return {
    release: () => {
      server.close()
      for (const file of [socket, holder])
        if (statSync(file, { throwIfNoEntry: false }) !== undefined) rmSync(file, { force: true })
    },
  }
}

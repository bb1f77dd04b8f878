import {
  app,
  clipboard,
  ipcMain,
  MessageChannelMain,
  session,
  shell,
  type BrowserWindow,
  type MessagePortMain,
} from 'electron'

import { closeView } from './close-view.ts'
import { lockContents, lockSession } from './session.ts'
import { watchMachine } from './idle.ts'
import { keepService, type ServiceKeeper } from './keep-service.ts'
import { setMenu } from './menu.ts'
import { newNotifications } from './notifications.ts'
import { printInWindow } from './print.ts'
import { registerScheme, servePages } from './protocol.ts'
import { type Person, PERSON } from './person.ts'
import { newVersionReplacement } from './replace-version.ts'
import { followScheme } from './scheme.ts'
import { showSign, type Sign } from './tray.ts'
import { bringForward, openWindow } from './window.ts'
import { APP_ID } from '../app-id.ts'
import { ELECTRON_ORIGIN, isPlace } from '../origin.ts'
import { newSecretClipboard } from '../secret-clipboard.ts'
import { isOurPage } from '../sender.ts'
import type { ServiceLink } from '../service-link.ts'
import type { Tray } from '../linux/desktop.ts'
import type { Desktop, Parts, ShellLog } from '../shell.ts'

/**
 * The class that Windows starts for a click on our notification; without it, Windows would register a new one at each
 * start.
 */
const TOAST_ACTIVATOR = '{5E1C8B0B-6C39-4A0B-9B53-3F7D1D0C6E8A}'

const CLIPBOARD = { read: async () => clipboard.readText(), clear: async () => clipboard.clear() }

/** The wait for a tray at login, where the desktop may start after this application, in milliseconds. */
const TRAY_MS = 5000

export interface ElectronShellOptions {
  readonly profile: string
  readonly parts: Parts & { readonly preload: string; readonly trayIcon: string }
  readonly log: ShellLog
  readonly logFile: string
  /** True if it starts without a window, in the tray. */
  readonly isHidden?: boolean
  /** By default the person at this desktop. */
  readonly person?: Person
  /** True if the service starts its threads for little work too. */
  readonly usesAllThreads?: boolean
}

/** The application while it runs. */
export interface ElectronShell {
  /** The service that runs now: after a crash it is another one. */
  getService(): ServiceLink<MessagePortMain>
  /** True if the desktop shows its icon in a tray. */
  readonly isTrayShown: boolean
}

/**
 * Settings that must be made before the application is ready: every page in the sandbox, our scheme, no name resolved.
 * The service does not need them: it makes its calls from a separate process.
 */
export function prepareElectron(): void {
  // It would remove the switch again, and as root every one of its processes would then end immediately.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  if (process.platform === 'win32') {
    // With another id than the installer's shortcuts, Windows shows the application twice.
    app.setAppUserModelId(APP_ID)
    app.setToastActivatorCLSID(TOAST_ACTIVATOR)
  }
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  registerScheme()
  lockContents()
}

/**
 * Opens the desktop application on a profile, once the application is ready; returns when the window is being opened.
 */
export function openElectronShell(options: ElectronShellOptions): ElectronShell {
  const { profile, parts, log, logFile, isHidden = false, person = PERSON } = options
  lockSession(session.defaultSession, !app.isPackaged)
  servePages(session.defaultSession, parts.renderer)

  let window: BrowserWindow | null = null
  let sign: Sign | null = null
  /** Called when the person quits; the window may still have unsaved changes. */
  let leaving = false
  /** Does not ask about unsaved changes: they are lost with the view, or with the service. */
  let closingView = false
  let keepsRunning = false
  let tray: Tray = 'awaited'
  const replacement = newVersionReplacement(person, log)
  const notifications = newNotifications(go, log)
  const secrets = newSecretClipboard(CLIPBOARD)

  const desktop: Desktop = {
    notify: (words) => notifications.show(words),
    saveTarget: async (question) => (window === null ? { outcome: 'cancelled' } : person.askSave(window, question)),
    openTarget: (question) => person.chooseToRead(window, question),
    setTitle: (title) => window?.setTitle(title),
    closeView: () => {
      notifications.closeAll()
      void secrets.clearNow()
      closingView = true
      return window === null ? null : closeView(window)
    },
    secretCopied: (sha256) => secrets.copied(sha256),
    setDue: (count) => {
      sign?.setDue(count)
      if (process.platform !== 'win32') app.setBadgeCount(count)
    },
    printPdf: printInWindow,
    installUpdate: replacement.prepare,
    applyPreferences: ({ colourScheme, keepRunning, startAtLogin }) => {
      followScheme(colourScheme, window)
      keepsRunning = keepRunning
      person.setStartAtLogin(startAtLogin, profile, log)
    },
  }

  const service = keepService({
    ...options,
    person,
    desktop,
    onStartedAgain: () => {
      closingView = true
      window?.webContents.reload()
    },
  })

  function go(to: string): void {
    if (service.isEnding() || !isPlace(to)) return
    // The application may continue without a window, and a new one opens at the place.
    if (window === null) return open(to)
    bringForward(window)
    service.get().navigate(to)
  }

  connectWindows(service)

  function open(to = '/', isMinimized = false): void {
    window = openWindow({ profile, preload: parts.preload, to, isMinimized, log, person })
    machine.watchWindow(window.webContents)
    window.webContents.on('will-prevent-unload', (event) => {
      if (closingView || (window !== null && person.isToBeLeft(window))) return event.preventDefault()
      leaving = false
      replacement.forget()
    })
    window.webContents.on('did-finish-load', () => {
      closingView = false
      if (window !== null) service.describeSandbox(window.webContents)
    })
    window.on('closed', () => {
      window = null
      if (leaving) end()
    })
    // Windows ends an application without asking it to quit.
    if (process.platform === 'win32') window.on('session-end', end)
  }
  /** Without a window, a tray is needed to open one from; without a tray, the window is minimized. */
  function trayChanged(now: Tray): void {
    tray = now
    if (window !== null || tray === 'shown') return
    const openMinimized = (): void => {
      if (tray !== 'shown' && window === null && !service.isEnding()) open('/', true)
    }
    setTimeout(openMinimized, tray === 'none' ? 0 : TRAY_MS)
  }
  const show = (): void => {
    if (service.isEnding()) return
    if (window === null) open()
    else bringForward(window)
  }
  function end(): void {
    if (service.isEnding()) return
    service.setEnding()
    void secrets.clearNow()
    void machine.close()
    void service.get().close().then(replacement.end)
  }

  const machine = watchMachine(
    {
      idle: (seconds) => service.get().idle(seconds),
      away: () => service.get().away(),
      checkNow: () => service.get().checkNow(),
      describeLock: service.describeLock,
    },
    { shutdown: end, trayChanged },
  )
  setMenu({ go, lock: () => service.get().lock(), showLog: () => shell.showItemInFolder(logFile) })
  sign = showSign(parts.trayIcon, { open: show, go, quit: () => app.quit() })
  if (!isHidden || !sign.isTaken) open()

  app.on('second-instance', show)
  if (process.platform === 'darwin') app.on('activate', show)
  app.on('window-all-closed', () => {
    const livesOn = process.platform === 'darwin' || (keepsRunning && sign?.isTaken && tray === 'shown')
    if (!livesOn) app.quit()
  })
  logEndedProcesses(log)
  app.on('before-quit', (event) => {
    // The register is closed, and macOS quits the application once it has taken the package.
    if (replacement.isRunning()) return
    // Only `app.exit` ends it, once the register is closed.
    event.preventDefault()
    if (service.isEnding()) return
    if (window === null) return end()
    // It asks about unsaved changes, and keeps its place.
    leaving = true
    window.close()
  })
  return { getService: service.get, isTrayShown: sign.isTaken }
}

/** Answers our windows, which ask once for each of their loads; other senders get no answer. */
function connectWindows(service: ServiceKeeper): void {
  ipcMain.on('castellan:connect', (event) => {
    if (!isOurPage(event, ELECTRON_ORIGIN)) return
    const { port1, port2 } = new MessageChannelMain()
    service.get().connect(port1)
    event.senderFrame?.postMessage('castellan:port', null, [port2])
  })
}

function logEndedProcesses(log: ShellLog): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.write('warn', 'process.gone', { type, reason, exitCode })
  })
}

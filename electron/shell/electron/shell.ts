import {
  app,
  clipboard,
  ipcMain,
  MessageChannelMain,
  session,
  shell,
  type BrowserWindow,
  type MessagePortMain,
  type WebContents,
} from 'electron'

import { closeView } from './close-view.ts'
import { lockContents, lockSession } from './session.ts'
import { watchMachine } from './idle.ts'
import { setMenu } from './menu.ts'
import { newNotifications } from './notifications.ts'
import { printInWindow } from './print.ts'
import { registerScheme, servePages } from './protocol.ts'
import { type Person, PERSON } from './person.ts'
import { findSandbox } from './sandbox.ts'
import { followScheme } from './scheme.ts'
import { startServiceProcess } from './service-process.ts'
import { showSign, type Sign } from './tray.ts'
import { bringForward, openWindow } from './window.ts'
import type { SandboxState } from '../../../shared/contract/app.ts'
import { APP_ID } from '../app-id.ts'
import { REASON_SHOWN } from '../exit-code.ts'
import { watchHeartbeat } from '../heartbeat.ts'
import { ELECTRON_ORIGIN, isPlace } from '../origin.ts'
import { newSecretClipboard } from '../secret-clipboard.ts'
import { isOurPage } from '../sender.ts'
import { linkService, ServiceFailed, type ServiceLink } from '../service-link.ts'
import type { PreparedInstallation } from '../prepare-installation.ts'
import type { Tray } from '../linux/desktop.ts'
import type { Desktop, Parts, ShellLog } from '../shell.ts'

/**
 * The class that Windows starts for a click on our notification; without it, Windows would register a new one at each
 * start.
 */
const TOAST_ACTIVATOR = '{5E1C8B0B-6C39-4A0B-9B53-3F7D1D0C6E8A}'

/** The wait for a tray at login, where the desktop may start after this application, in milliseconds. */
const TRAY_MS = 5000

/** A service that ends again this soon after a restart is not started a third time. */
const AGAIN_MS = 60_000

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
  const { profile, parts, log, logFile, isHidden = false, person = PERSON, usesAllThreads = false } = options
  lockSession(session.defaultSession, !app.isPackaged)
  servePages(session.defaultSession, parts.renderer)

  let window: BrowserWindow | null = null
  let sign: Sign | null = null
  /** Called when the person quits; the window may still have unsaved changes. */
  let leaving = false
  let quitting = false
  /** Does not ask about unsaved changes: they are lost with the view, or with the service. */
  let closingView = false
  let keepsRunning = false
  let tray: Tray = 'awaited'
  /** The sources of a locked screen, sleep and time without use; null until they are known. */
  let lockSentence: string | null = null
  /** The state of the page's sandbox; null until its process is known. */
  let sandbox: SandboxState | null = null
  /** A package that replaces this version once the register is closed. */
  let installation: PreparedInstallation | null = null
  let isInstalling = false
  let isReplacing = false
  const notifications = newNotifications(go, log)
  const secrets = newSecretClipboard({
    read: async () => clipboard.readText(),
    clear: async () => clipboard.clear(),
  })

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
    installUpdate: async (question) => {
      // The library is loaded only when a person installs an update.
      if (isInstalling) throw new Error('An update is being installed already.')
      isInstalling = true
      try {
        const { prepareInstallation } = await import('../prepare-installation.ts')
        installation = await prepareInstallation(question)
      } finally {
        isInstalling = false
      }
      // The service gets its answer first.
      setImmediate(() => app.quit())
      return { outcome: 'installing', kept: installation.kept }
    },
    applyPreferences: ({ colourScheme, keepRunning, startAtLogin }) => {
      followScheme(colourScheme, window)
      keepsRunning = keepRunning
      person.setStartAtLogin(startAtLogin, profile, log)
    },
  }

  let startedAt = Number.NEGATIVE_INFINITY
  let service = start()

  /** Starts the service and its watchers: the last one started is the service. */
  function start(): ServiceLink<MessagePortMain> {
    const channel = startServiceProcess(parts.service, log)
    const link = linkService(channel, desktop, {
      profile,
      shell: 'electron',
      ...(usesAllThreads ? { usesAllThreads } : {}),
    })
    if (lockSentence !== null) link.describeLock(lockSentence)
    if (sandbox !== null) link.describeSandbox(sandbox)
    let isRefused = false
    link.ready.catch((error: unknown) => {
      isRefused = error instanceof ServiceFailed && !error.isCrash
      if (isRefused && !quitting) endRefused(error as ServiceFailed)
    })
    void watchEnd()
    watchHeartbeat(channel, () => void onSilent())
    return link

    async function watchEnd(): Promise<void> {
      const isInOrder = await link.ended
      if (!isInOrder && !quitting && !isRefused) startAgain(channel.lastWords())
    }

    async function onSilent(): Promise<void> {
      log.write('warn', 'service.silent')
      if (await person.isToBeEnded('service')) channel.kill()
    }
  }

  function startAgain(said: string): void {
    const isTooSoon = performance.now() - startedAt < AGAIN_MS
    if (isTooSoon || !person.isToBeStartedAgain(said, logFile)) {
      if (isTooSoon)
        person.showError(
          'Castellan has to close',
          `The service process ended again. Saved data is intact. The log: ${logFile}`,
        )
      quitting = true
      return person.exit(REASON_SHOWN)
    }
    startedAt = performance.now()
    service = start()
    closingView = true
    window?.webContents.reload()
  }

  function endRefused({ message, hint }: ServiceFailed): void {
    quitting = true
    person.showError('Castellan cannot open this register', `${message}\n\n${hint}`)
    void service.close().then(() => person.exit(REASON_SHOWN))
  }

  function go(to: string): void {
    if (quitting || !isPlace(to)) return
    // The application may continue without a window, and a new one opens at the place.
    if (window === null) return open(to)
    bringForward(window)
    service.navigate(to)
  }

  // The window asks once for each of its loads; other senders get no answer.
  ipcMain.on('castellan:connect', (event) => {
    if (!isOurPage(event, ELECTRON_ORIGIN)) return
    const { port1, port2 } = new MessageChannelMain()
    service.connect(port1)
    event.senderFrame?.postMessage('castellan:port', null, [port2])
  })

  function open(to = '/', isMinimized = false): void {
    window = openWindow({ profile, preload: parts.preload, to, isMinimized, log, person })
    machine.watchWindow(window.webContents)
    window.webContents.on('will-prevent-unload', (event) => {
      if (closingView || (window !== null && person.isToBeLeft(window))) return event.preventDefault()
      leaving = false
      installation = null
    })
    window.webContents.on('did-finish-load', () => {
      closingView = false
      if (window !== null) describeSandbox(window.webContents)
    })
    window.on('closed', () => {
      window = null
      if (leaving) end()
    })
    // Windows ends an application without asking it to quit.
    if (process.platform === 'win32') window.on('session-end', end)
  }
  function describeSandbox(contents: WebContents): void {
    try {
      sandbox = findSandbox(contents)
    } catch {
      // The process of the page has ended, or the system does not show it.
      sandbox = { state: 'unknown', why: 'the process of the page cannot be read' }
    }
    service.describeSandbox(sandbox)
  }
  /** Without a window, a tray is needed to open one from; without a tray, the window is minimized. */
  function trayChanged(now: Tray): void {
    tray = now
    if (window !== null || tray === 'shown') return
    setTimeout(
      () => {
        if (tray !== 'shown' && window === null && !quitting) open('/', true)
      },
      tray === 'none' ? 0 : TRAY_MS,
    )
  }
  const show = (): void => {
    if (quitting) return
    if (window === null) open()
    else bringForward(window)
  }
  function end(): void {
    if (quitting) return
    quitting = true
    void secrets.clearNow()
    void machine.close()
    void service.close().then(() => (installation === null ? person.exit(0) : replaceBy(installation)))
  }

  /** Replaces this version, after the window and the register were closed. */
  function replaceBy(prepared: PreparedInstallation): void {
    isReplacing = true
    prepared.onRefused(endUnreplaced)
    // The new version starts before this process has ended.
    app.releaseSingleInstanceLock()
    try {
      if (prepared.finish()) person.exit(0)
    } catch (error) {
      endUnreplaced(error instanceof Error ? error.message : String(error))
    }
  }

  function endUnreplaced(reason: string): void {
    log.write('error', 'update.failed', { reason })
    person.showError(
      'The update was not installed',
      `${reason}\n\nStart Castellan again, or install the package yourself; saved data is intact.`,
    )
    person.exit(REASON_SHOWN)
  }

  const machine = watchMachine(
    {
      idle: (seconds) => service.idle(seconds),
      away: () => service.away(),
      checkNow: () => service.checkNow(),
      describeLock: (sentence) => {
        lockSentence = sentence
        service.describeLock(sentence)
      },
    },
    { shutdown: end, trayChanged },
  )
  setMenu({ go, lock: () => service.lock(), showLog: () => shell.showItemInFolder(logFile) })
  sign = showSign(parts.trayIcon, { open: show, go, quit: () => app.quit() })
  if (!isHidden || !sign.isTaken) open()

  app.on('second-instance', show)
  if (process.platform === 'darwin') app.on('activate', show)
  app.on('window-all-closed', () => {
    const livesOn = process.platform === 'darwin' || (keepsRunning && sign?.isTaken && tray === 'shown')
    if (!livesOn) app.quit()
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.write('warn', 'process.gone', { type, reason, exitCode })
  })
  app.on('before-quit', (event) => {
    // The register is closed, and macOS quits the application once it has taken the package.
    if (isReplacing) return
    // Only `app.exit` ends it, once the register is closed.
    event.preventDefault()
    if (quitting) return
    if (window === null) return end()
    // It asks about unsaved changes, and keeps its place.
    leaving = true
    window.close()
  })
  return { getService: () => service, isTrayShown: sign.isTaken }
}

import {
  app,
  clipboard,
  dialog,
  ipcMain,
  MessageChannelMain,
  Notification,
  session,
  type BrowserWindow,
} from 'electron'

import { closeView } from './electron/close-view.ts'
import { lockContents } from './electron/contents.ts'
import { watchMachine } from './electron/idle.ts'
import { setMenu } from './electron/menu.ts'
import { chooseToRead } from './electron/open-dialog.ts'
import { printInWindow } from './electron/print.ts'
import { registerScheme, servePages } from './electron/protocol.ts'
import { startServiceProcess } from './electron/service-process.ts'
import { lockSession } from './electron/session.ts'
import { showSign, type Sign } from './electron/tray.ts'
import { bringForward, isToBeLeft, openWindow } from './electron/window.ts'
import { REASON_SHOWN } from './exit-code.ts'
import { ELECTRON_ORIGIN, isPlace } from './origin.ts'
import { suggestedPath } from './save-path.ts'
import { newSecretClipboard } from './secret-clipboard.ts'
import { isOurPage } from './sender.ts'
import { linkService, ServiceFailed } from './service-link.ts'
import type { Parts } from './shell.ts'

/** As `appId` of the packages has it. */
const APP_ID = 'app.castellan.desktop'

export interface ElectronShellOptions {
  readonly profile: string
  readonly parts: Parts & { readonly preload: string; readonly trayIcon: string }
}

/**
 * What has to be said before the application is ready: every page in the sandbox, our scheme, no name resolved. The
 * service needs none of it: it makes its calls from a process of its own.
 */
export function prepareElectron(): void {
  // It would take the switch off again, and as root every process of its own then ends at once.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // The installer's shortcuts have this id; with another, Windows shows the application twice.
  app.setAppUserModelId(APP_ID)
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  registerScheme()
  lockContents()
}

/** Opens the desktop application on a profile, once the application is ready; returns when the window is on its way. */
export function openElectronShell({ profile, parts }: ElectronShellOptions): void {
  lockSession(session.defaultSession, !app.isPackaged)
  servePages(session.defaultSession, parts.renderer)

  let window: BrowserWindow | null = null
  let sign: Sign | null = null
  /** The person asked to quit; the window may still say that something is not saved. */
  let leaving = false
  let quitting = false
  /** Electron lets go of a notification that nobody holds, and its click with it. */
  const notifications = new Set<Notification>()
  const secrets = newSecretClipboard({
    read: async () => clipboard.readText(),
    clear: async () => clipboard.clear(),
  })
  /** Nothing is asked about what is not saved: it goes with the view. */
  let closingView = false

  const service = linkService(
    startServiceProcess(parts.service),
    {
      notify: ({ title, body, to }) => {
        const shown = new Notification({ title, body })
        notifications.add(shown)
        const release = (): void => void notifications.delete(shown)
        shown.on('click', () => {
          release()
          go(to)
        })
        shown.on('close', release)
        shown.on('failed', release)
        shown.show()
      },
      saveTarget: async ({ suggestedName, extension, folder = false }) => {
        if (window === null) return { outcome: 'cancelled' }
        if (folder) {
          const { filePaths } = await dialog.showOpenDialog(window, {
            defaultPath: suggestedPath('', app.getPath('downloads')),
            properties: ['openDirectory', 'createDirectory'],
          })
          const [path] = filePaths
          return path === undefined ? { outcome: 'cancelled' } : { outcome: 'chosen', path }
        }
        const { canceled, filePath } = await dialog.showSaveDialog(window, {
          defaultPath: suggestedPath(suggestedName, app.getPath('downloads')),
          filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
          properties: ['createDirectory', 'showOverwriteConfirmation'],
        })
        return canceled ? { outcome: 'cancelled' } : { outcome: 'chosen', path: filePath }
      },
      openTarget: (question) => chooseToRead(window, question),
      setTitle: (title) => window?.setTitle(title),
      closeView: () => {
        for (const shown of notifications) shown.close()
        void secrets.clearNow()
        closingView = true
        return window === null ? null : closeView(window)
      },
      secretCopied: (sha256) => secrets.copied(sha256),
      setDue: (count) => sign?.setDue(count),
      printPdf: printInWindow,
      applyPreferences: () => undefined,
    },
    profile,
    'electron',
  )

  function go(to: string): void {
    if (quitting || !isPlace(to)) return
    // On macOS the application lives on without a window, and a new one begins at the place.
    if (window === null) return open(to)
    bringForward(window)
    service.navigate(to)
  }

  // The window asks once for each of its loads; who else asks is not answered.
  ipcMain.on('castellan:connect', (event) => {
    if (!isOurPage(event, ELECTRON_ORIGIN)) return
    const { port1, port2 } = new MessageChannelMain()
    service.connect(port1)
    event.senderFrame?.postMessage('castellan:port', null, [port2])
  })

  function open(to = '/'): void {
    window = openWindow(profile, parts.preload, to)
    window.webContents.on('will-prevent-unload', (event) => {
      if (closingView || (window !== null && isToBeLeft(window))) event.preventDefault()
      else leaving = false
    })
    window.webContents.on('did-finish-load', () => {
      closingView = false
    })
    window.on('closed', () => {
      window = null
      if (leaving) end()
    })
  }
  const show = (): void => {
    if (quitting) return
    if (window === null) open()
    else bringForward(window)
  }

  watchMachine(service)
  setMenu(go)
  open()
  sign = showSign(parts.trayIcon, { open: show, go, quit: () => app.quit() })

  app.on('second-instance', show)
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('before-quit', (event) => {
    // Only `app.exit` ends it, once the register is closed.
    event.preventDefault()
    if (quitting) return
    if (window === null) return end()
    // It asks what is not saved, and keeps its place.
    leaving = true
    window.close()
  })
  function end(): void {
    quitting = true
    void secrets.clearNow()
    void service.close().then(() => app.exit(0))
  }
  service.ready.catch((error: unknown) => {
    if (quitting) return
    quitting = true
    const hint = error instanceof ServiceFailed ? error.hint : ''
    dialog.showErrorBox('Castellan cannot open this register', `${(error as Error).message}\n\n${hint}`)
    void service.close().then(() => app.exit(REASON_SHOWN))
  })
  void service.ended.then(endUnexpectedly)

  function endUnexpectedly(): void {
    if (quitting) return
    quitting = true
    dialog.showErrorBox('Castellan has to close', 'The part that holds the register ended. What was saved is intact.')
    app.exit(REASON_SHOWN)
  }
}

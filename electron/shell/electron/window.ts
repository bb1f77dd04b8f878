import { join } from 'node:path'

import { app, BrowserWindow, ipcMain, Menu, screen, type MenuItemConstructorOptions } from 'electron'
import Store from 'electron-store'

import { ELECTRON_ORIGIN } from '../origin.ts'
import type { ShellLog } from '../shell.ts'
import { webPreferences } from '../web-preferences.ts'
import { boundsFrom } from '../window-state.ts'
import type { Person } from './person.ts'
import { backgroundFor, followScheme } from './scheme.ts'

const STATE = 'window'

export interface WindowOptions {
  /** The data folder, whose preferences file remembers the window's place. */
  readonly profile: string
  readonly preload: string
  /** The place in the window to open at. */
  readonly to: string
  /** True if it is shown minimized, as at login on a desktop without a tray. */
  readonly isMinimized?: boolean
  readonly log: ShellLog
  readonly person: Person
}

/**
 * Opens the window at a place in it, with the bounds of its last close. It is shown after its first paint, and after a
 * while in any case.
 */
export function openWindow({ profile, preload, to, isMinimized = false, log, person }: WindowOptions): BrowserWindow {
  const store = new Store<Record<string, unknown>>({
    cwd: profile,
    name: 'preferences',
    configFileMode: 0o600,
    clearInvalidConfig: true,
  })
  // The library sends windows its folder; ours does not need it.
  ipcMain.removeAllListeners('electron-store-get-data')
  const { bounds, maximized } = boundsFrom(
    store.get(STATE),
    screen.getAllDisplays().map((display) => display.workArea),
  )
  followScheme(store.get('colourScheme'), null)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Castellan',
    // The other systems use the icon of the application.
    ...(process.platform === 'linux' ? { icon: join(import.meta.dirname, 'icon.png') } : {}),
    backgroundColor: backgroundFor(),
    webPreferences: webPreferences(preload, !app.isPackaged),
  })
  const showOnce = (): void => {
    clearTimeout(late)
    if (window.isDestroyed() || window.isVisible()) return
    if (isMinimized) {
      window.showInactive()
      return window.minimize()
    }
    if (maximized) window.maximize()
    window.show()
  }
  const late = setTimeout(showOnce, LATEST_MS)
  window.once('ready-to-show', showOnce)
  // The service sets the title; the page's own title is ignored.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.on('close', () => {
    try {
      store.set(STATE, { ...window.getNormalBounds(), maximized: window.isMaximized() })
    } catch {
      // A full disk must not prevent closing.
    }
  })
  offerEditing(window)
  loadAgainOnce(window, log, person)
  watchWindow(window, log, person)
  void window.loadURL(`${ELECTRON_ORIGIN}${to}`)
  return window
}

/** A page that failed before its first paint would otherwise never be shown. */
const LATEST_MS = 10_000

/** Electron has no menu on a right click of its own. */
function offerEditing(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, { isEditable, editFlags, selectionText }) => {
    const items: MenuItemConstructorOptions[] = isEditable
      ? [
          { role: 'undo', enabled: editFlags.canUndo },
          { role: 'redo', enabled: editFlags.canRedo },
          { type: 'separator' },
          { role: 'cut', enabled: editFlags.canCut },
          { role: 'copy', enabled: editFlags.canCopy },
          { role: 'paste', enabled: editFlags.canPaste },
          { type: 'separator' },
          { role: 'selectAll', enabled: editFlags.canSelectAll },
        ]
      : [{ role: 'copy', enabled: selectionText !== '' }]
    Menu.buildFromTemplate(items).popup({ window })
  })
}

/** A page whose process ended leaves a white window: it is loaded again, and the second time a notice is shown. */
function loadAgainOnce(window: BrowserWindow, log: ShellLog, person: Person): void {
  let ended = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    log.write('error', 'window.ended', { reason })
    ended += 1
    if (ended === 1) return window.webContents.reload()
    const detail = `The page ended twice (${reason}). Saved data is intact. Close the window and open it again.`
    person.showError('Castellan cannot show its window', detail)
  })
}

/** Offers to load a page again that does not answer, keeps in the log what failed to load, and goes back by a mouse's own keys. */
function watchWindow(window: BrowserWindow, log: ShellLog, person: Person): void {
  const { webContents } = window
  webContents.on('unresponsive', () => {
    log.write('warn', 'window.silent')
    void endIfAsked()
  })
  // Its process ends, and the page is loaded again as after a crash.
  async function endIfAsked(): Promise<void> {
    if ((await person.isToBeEnded('window')) && !window.isDestroyed()) webContents.forcefullyCrashRenderer()
  }
  webContents.on('did-fail-load', (_event, code, description) =>
    log.write('warn', 'window.not-loaded', { code, description }),
  )
  if (process.platform !== 'darwin')
    window.on('app-command', (_event, command) => {
      if (command === 'browser-backward') webContents.navigationHistory.goBack()
      if (command === 'browser-forward') webContents.navigationHistory.goForward()
    })
}

export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

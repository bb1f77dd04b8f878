import { join } from 'node:path'

import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  screen,
  type MenuItemConstructorOptions,
} from 'electron'
import Store from 'electron-store'

import { ELECTRON_ORIGIN } from '../origin.ts'
import { webPreferences } from '../web-preferences.ts'
import { boundsFrom } from '../window-state.ts'

const STATE = 'window'

/**
 * Opens the window at a place in it, where it was when it was closed last; `profile` holds the preferences file that
 * remembers it. It is shown when it has something to show, and after a while in any case.
 */
export function openWindow(profile: string, preload: string, to: string): BrowserWindow {
  const store = new Store<Record<string, unknown>>({
    cwd: profile,
    name: 'preferences',
    configFileMode: 0o600,
    clearInvalidConfig: true,
  })
  // The library answers windows about its folder; ours has no use for the answer.
  ipcMain.removeAllListeners('electron-store-get-data')
  const { bounds, maximized } = boundsFrom(
    store.get(STATE),
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Castellan',
    // The other systems take the picture of the application itself.
    ...(process.platform === 'linux' ? { icon: join(import.meta.dirname, 'icon.png') } : {}),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: webPreferences(preload, !app.isPackaged),
  })
  const showOnce = (): void => {
    clearTimeout(late)
    if (window.isDestroyed() || window.isVisible()) return
    if (maximized) window.maximize()
    window.show()
  }
  const late = setTimeout(showOnce, LATEST_MS)
  window.once('ready-to-show', showOnce)
  // The title is what the service says; the page's own would be a second voice.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.on('close', () => {
    try {
      store.set(STATE, { ...window.getNormalBounds(), maximized: window.isMaximized() })
    } catch {
      // A disk without space keeps nobody from closing.
    }
  })
  offerEditing(window)
  loadAgainOnce(window)
  void window.loadURL(`${ELECTRON_ORIGIN}${to}`)
  return window
}

/** A page that failed before its first picture would otherwise never be seen. */
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

/** A page whose process ended leaves a white window: it is loaded again, and the second time a notice says so. */
function loadAgainOnce(window: BrowserWindow): void {
  let ended = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    ended += 1
    if (ended === 1) return window.webContents.reload()
    const detail = `The page ended twice (${reason}). What was saved is intact. Close the window and open it again.`
    dialog.showErrorBox('Castellan cannot show its window', detail)
  })
}

/** Asks whether a window with something unsaved is to be left. */
export function isToBeLeft(window: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    buttons: ['Stay', 'Leave'],
    defaultId: 0,
    cancelId: 0,
    message: 'Leave without saving?',
    detail: 'What was changed and not saved on this page would be lost.',
  })
  return answer === 1
}

/** Brings the window before the person. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

import { app, BrowserWindow, ipcMain, nativeTheme, screen } from 'electron'
import Store from 'electron-store'

import { ELECTRON_ORIGIN } from '../origin.ts'
import { webPreferences } from '../web-preferences.ts'
import { boundsFrom } from '../window-state.ts'

const STATE = 'window'

/**
 * Opens the window where it was when it was closed last; `profile` holds the preferences file that remembers it. It is
 * shown when it has something to show.
 */
export function openWindow(profile: string, preload: string): BrowserWindow {
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
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: webPreferences(preload, !app.isPackaged),
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  // The title is what the service says; the page's own would be a second voice.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.on('close', () => store.set(STATE, { ...window.getNormalBounds(), maximized: window.isMaximized() }))
  void window.loadURL(`${ELECTRON_ORIGIN}/`)
  return window
}

/** Brings the window before the person. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

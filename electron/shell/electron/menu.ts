import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  /** Opens a place in the window. */
  readonly go: (to: string) => void
  readonly lock: () => void
  /** Shows the log in the file manager. */
  readonly showLog: () => void
}

export function setMenu({ go, lock, showLog }: MenuActions): void {
  const isMac = process.platform === 'darwin'
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: () => go('/settings'),
  }
  // The page handles the key itself; the menu shows it, and macOS sends it to the menu.
  const locking: MenuItemConstructorOptions = {
    label: 'Lock Castellan',
    accelerator: 'CmdOrCtrl+Shift+L',
    registerAccelerator: false,
    click: lock,
  }
  const about: MenuItemConstructorOptions = { label: 'About Castellan', click: () => go('/settings?section=about') }
  const mac: MenuItemConstructorOptions[] = [
    {
      label: app.name,
      submenu: [
        about,
        { type: 'separator' },
        settings,
        locking,
        { type: 'separator' },
        { role: 'services' },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
  ]
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [settings, locking, { type: 'separator' }, { role: 'quit' }],
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [...mac, { role: 'fileMenu' as const }] : [file]),
      editMenu(isMac),
      goMenu(isMac),
      {
        label: 'View',
        submenu: [
          { role: 'reload' },
          { type: 'separator' },
          // Its usual key shows all clients in the page.
          { role: 'resetZoom', accelerator: 'CmdOrCtrl+Shift+0' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
          ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
        ],
      },
      { role: 'windowMenu' },
      {
        role: 'help',
        submenu: [
          { label: 'Guide', click: () => go('/help') },
          { label: 'Keyboard shortcuts', click: () => go('/help?section=shortcuts') },
          { type: 'separator' },
          { label: 'Show log', click: showLog },
          // They are shown there before they are saved.
          { label: 'Save diagnostics…', click: () => go('/settings?section=about') },
          { type: 'separator' },
          { label: 'Licences', click: () => go('/help?section=licences') },
          ...(isMac ? [] : [about]),
        ],
      },
    ]),
  )
}

/** As Electron's own, with the search of the page. */
function editMenu(isMac: boolean): MenuItemConstructorOptions {
  return {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      { role: 'selectAll' },
      { type: 'separator' },
      {
        label: 'Find…',
        accelerator: 'CmdOrCtrl+F',
        registerAccelerator: false,
        click: (_item, window) => pressInPage(window as BrowserWindow | undefined, 'F', isMac ? 'meta' : 'control'),
      },
    ],
  }
}

function goMenu(isMac: boolean): MenuItemConstructorOptions {
  const history = (window: unknown) => (window as BrowserWindow | undefined)?.webContents.navigationHistory
  return {
    label: 'Go',
    submenu: [
      { label: 'Back', accelerator: isMac ? 'Cmd+[' : 'Alt+Left', click: (_item, window) => history(window)?.goBack() },
      {
        label: 'Forward',
        accelerator: isMac ? 'Cmd+]' : 'Alt+Right',
        click: (_item, window) => history(window)?.goForward(),
      },
    ],
  }
}

/** Presses a key in the page, as a person could. */
function pressInPage(window: BrowserWindow | undefined, keyCode: string, modifier: 'meta' | 'control'): void {
  window?.webContents.sendInputEvent({ type: 'keyDown', keyCode, modifiers: [modifier] })
  window?.webContents.sendInputEvent({ type: 'keyUp', keyCode, modifiers: [modifier] })
}

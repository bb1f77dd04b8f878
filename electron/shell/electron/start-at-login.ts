import { app, dialog } from 'electron'

import { setAutostart } from '../autostart.ts'
import type { ShellLog } from '../shell.ts'

/** The argument at login: the application starts without its window, which the tray opens. */
export const HIDDEN = '--hidden'

/** Makes the system start the application on a profile at login, or stop doing so; shows why when it cannot. */
export function setStartAtLogin(isOn: boolean, profile: string, log: ShellLog): void {
  try {
    setLoginItem(isOn, profile)
  } catch (error) {
    const { message } = error as Error
    log.write('warn', 'login-item.failed', { message })
    dialog.showErrorBox('Castellan could not change what starts at login', message)
  }
}

function setLoginItem(isOn: boolean, profile: string): void {
  // An AppImage runs from a folder that is removed when it ends; the path of the file is in its environment.
  const program = process.env['APPIMAGE'] ?? process.execPath
  const args = [...(app.isPackaged ? [] : [app.getAppPath()]), HIDDEN, '--profile', profile]
  if (process.platform === 'linux') setAutostart(app.getPath('appData'), profile, isOn ? [program, ...args] : null)
  else if (app.getLoginItemSettings({ path: program, args }).openAtLogin !== isOn)
    app.setLoginItemSettings({ openAtLogin: isOn, path: program, args })
}

import { app, dialog } from 'electron'

import { setAutostart } from '../autostart.ts'
import type { ShellLog } from '../shell.ts'

/** What the application is started with at login: without its window, which the tray opens. */
export const HIDDEN = '--hidden'

/** Has the system start the application on a profile when the person logs in, or no longer; says what keeps it from that. */
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
  // An AppImage runs from a folder that is gone when it ends; the file itself is in its environment.
  const program = process.env['APPIMAGE'] ?? process.execPath
  const args = [...(app.isPackaged ? [] : [app.getAppPath()]), HIDDEN, '--profile', profile]
  if (process.platform === 'linux') setAutostart(app.getPath('appData'), profile, isOn ? [program, ...args] : null)
  else if (app.getLoginItemSettings({ path: program, args }).openAtLogin !== isOn)
    app.setLoginItemSettings({ openAtLogin: isOn, path: program, args })
}

import { app } from 'electron'

import { setAutostart } from '../autostart.ts'

/** What the application is started with at login: without its window, which the tray opens. */
export const HIDDEN = '--hidden'

/** Has the system start the application on a profile when the person logs in, or no longer. */
export function setStartAtLogin(isOn: boolean, profile: string): void {
  // An AppImage runs from a folder that is gone when it ends; the file itself is in its environment.
  const program = process.env['APPIMAGE'] ?? process.execPath
  const args = [...(app.isPackaged ? [] : [app.getAppPath()]), HIDDEN, '--profile', profile]
  if (process.platform === 'linux') setAutostart(app.getPath('appData'), profile, isOn ? [program, ...args] : null)
  else if (app.getLoginItemSettings({ path: program, args }).openAtLogin !== isOn)
    app.setLoginItemSettings({ openAtLogin: isOn, path: program, args })
}

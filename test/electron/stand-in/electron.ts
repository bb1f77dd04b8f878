/**
 * Takes the place of Electron's module in its main process. Other parts of Electron are missing, and an import of them
 * fails.
 */
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import {
  clipboard,
  dialog,
  nativeImage,
  nativeTheme,
  Notification,
  person,
  powerMonitor,
  screen,
  shell,
} from './desktop.ts'
import { writeExercised } from './emulated.ts'
import { ipcMain } from './ipc-main.ts'
import { Menu, MenuItem, Tray } from './menu.ts'
import { MessageChannelMain } from './ports.ts'
import { protocol, session } from './session.ts'
import { UtilityProcess, utilityProcess } from './utility-process.ts'

export {
  writeExercised as $writeExercised,
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  person,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  UtilityProcess,
  utilityProcess,
}

/** For what imports the whole of Electron (electron-store). */
const whole: object = { app, ipcMain, nativeTheme, screen, session, shell }
// oxlint-disable-next-line import/no-default-export -- Electron's module has one.
export default whole

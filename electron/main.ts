import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { app, dialog } from 'electron'

import { keepFilesPrivate } from './service/keep-files-private.ts'
import { openLog } from './service/log/log.ts'
import { profilePaths } from './service/profile/paths.ts'
import { resolveProfile } from './service/profile/place.ts'
import { openElectronShell, prepareElectron } from './shell/electron.ts'
import type { ShellLog } from './shell/shell.ts'
import { REASON_SHOWN } from './shell/exit-code.ts'

keepFilesPrivate()

/** Switches that let another program read the window; no fuse turns them off. */
const DEBUGGING = ['remote-debugging-port', 'remote-debugging-pipe']

/**
 * Opens the desktop application: the shell in this process, the service in another, joined by ports. Electron would show
 * the place in the program of what fails here, and stay without a window; a person gets a sentence, and the process ends.
 */
try {
  const { profile, isHidden } = readArguments()
  const switched = DEBUGGING.find((name) => app.isPackaged && app.commandLine.hasSwitch(name))
  if (switched !== undefined) throw new Error(`The installed application does not start with --${switched}.`)
  // What Electron itself keeps lies in the profile, so that one profile has one application and leaves nothing elsewhere.
  const userData = join(profile, 'electron')
  mkdirSync(userData, { recursive: true, mode: 0o700 })
  app.setPath('userData', userData)
  app.setPath('sessionData', userData)
  prepareElectron()
  if (app.requestSingleInstanceLock()) {
    void app
      .whenReady()
      .then(() => open(profile, isHidden))
      .catch(endBeforeWindow)
  } else app.quit()
} catch (error) {
  endBeforeWindow(error)
}

/** A packaged application has no script among its arguments (Electron, `process.argv`). */
function readArguments(): { readonly profile: string; readonly isHidden: boolean } {
  const { values } = parseArgs({
    args: process.argv.slice(app.isPackaged ? 1 : 2),
    options: { profile: { type: 'string' }, hidden: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  })
  const named = typeof values.profile === 'string' ? values.profile : undefined
  return { profile: resolveProfile(named, process.env), isHidden: values.hidden === true }
}

function open(profile: string, isHidden: boolean): void {
  const out = join(import.meta.dirname, '..')
  const { log: logFile } = profilePaths(profile)
  const log: ShellLog = {
    // The service may have begun a new log meanwhile, so it is opened for each of the few lines.
    write: (level, event, fields) => {
      const opened = openLog(logFile, { what: 'desktop', mayTurn: false })
      opened.write(level, event, fields)
      opened.close()
    },
  }
  // Electron would show the place in the program. What is left of this process goes on, and the log has the place.
  process.on('uncaughtException', (error) => {
    log.write('error', 'desktop.failed', { message: error.message, stack: error.stack ?? '' })
    dialog.showErrorBox('Castellan met an error', `${error.message}\n\nThe log has more: ${logFile}`)
  })
  openElectronShell({
    profile,
    log,
    logFile,
    isHidden,
    parts: {
      renderer: join(out, 'renderer'),
      service: join(out, 'main/service.js'),
      preload: join(out, 'preload/preload.cjs'),
      trayIcon: join(out, 'main/tray.png'),
    },
  })
}

function endBeforeWindow(error: unknown): void {
  const words = error instanceof Error ? error.message : String(error)
  dialog.showErrorBox(
    'Castellan cannot start',
    `${words}\n\nCheck the folder of the profile, or name another: --profile FOLDER.`,
  )
  app.exit(REASON_SHOWN)
}

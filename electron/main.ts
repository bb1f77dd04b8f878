import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { app, dialog } from 'electron'

import { keepFilesPrivate } from './service/keep-files-private.ts'
import { resolveProfile } from './service/profile/place.ts'
import { openElectronShell, prepareElectron } from './shell/electron.ts'
import { REASON_SHOWN } from './shell/exit-code.ts'
import { getTrayImage } from './shell/tray-image.ts'

keepFilesPrivate()

/**
 * Opens the desktop application: the shell in this process, the service in another, joined by ports. Electron would show
 * the place in the program of what fails here, and stay without a window; a person gets a sentence, and the process ends.
 */
try {
  const profile = profileOf()
  // What Electron itself keeps lies in the profile, so that one profile has one application and leaves nothing elsewhere.
  const userData = join(profile, 'electron')
  mkdirSync(userData, { recursive: true, mode: 0o700 })
  app.setPath('userData', userData)
  app.setPath('sessionData', userData)
  prepareElectron()
  if (app.requestSingleInstanceLock()) {
    void app
      .whenReady()
      .then(() => open(profile))
      .catch(endBeforeWindow)
  } else app.quit()
} catch (error) {
  endBeforeWindow(error)
}

/** A packaged application has no script among its arguments (Electron, `process.argv`). */
function profileOf(): string {
  const args = process.argv.slice(app.isPackaged ? 1 : 2)
  const { values } = parseArgs({
    args,
    options: { profile: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  return resolveProfile(typeof values.profile === 'string' ? values.profile : undefined, process.env)
}

function open(profile: string): void {
  const out = join(import.meta.dirname, '..')
  openElectronShell({
    profile,
    parts: {
      renderer: join(out, 'renderer'),
      service: join(out, 'main/service.js'),
      preload: join(out, 'preload/preload.cjs'),
      trayIcon: join(out, 'main', getTrayImage(process.platform)),
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

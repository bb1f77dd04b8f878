import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { app } from 'electron'

import { keepFilesPrivate } from './service/keep-files-private.ts'
import { resolveProfile } from './service/profile/place.ts'
import { openElectronShell, prepareElectron } from './shell/electron.ts'

keepFilesPrivate()

/** Opens the desktop application: the shell in this process, the service in another, joined by ports. */
const { values } = parseArgs({ options: { profile: { type: 'string' } }, strict: false, allowPositionals: true })
const profile = resolveProfile(typeof values.profile === 'string' ? values.profile : undefined, process.env)
const out = join(import.meta.dirname, '..')

// What Electron itself keeps lies in the profile, so that one profile has one application and leaves nothing elsewhere.
const userData = join(profile, 'electron')
mkdirSync(userData, { recursive: true, mode: 0o700 })
app.setPath('userData', userData)
app.setPath('sessionData', userData)

prepareElectron()
if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(() =>
    openElectronShell({
      profile,
      parts: {
        renderer: join(out, 'renderer'),
        service: join(out, 'main/service.js'),
        preload: join(out, 'preload/preload.cjs'),
        trayIcon: join(out, 'main/tray.png'),
      },
    }),
  )
} else {
  app.quit()
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { app, type BrowserWindow, clipboard, Menu, nativeImage, Notification, powerMonitor } from 'electron'

import { counted } from '../../../../shared/domain/counted.ts'
import { getBusAddresses, readLinuxDesktop } from '../../linux/desktop.ts'
import { type Checks, NothingToCheck } from '../../self-test/checks.ts'

const TEXT = 'Castellan self-test'

/** The formats that would be lost by restoring only text: images, files and rich text. */
const MORE_THAN_TEXT = ['image/png', 'text/html', 'text/rtf', 'text/uri-list']

/** Checks what the desktop offers to the application, and what the application set there. */
export async function checkDesktop(checks: Checks, trayIcon: string, isTrayShown: boolean): Promise<void> {
  const linux = process.platform === 'linux' ? await readLinuxDesktop(getBusAddresses(process.env)) : null
  await checks.run('clipboard', useClipboard)
  await checks.run(
    'tray',
    () => {
      if (nativeImage.createFromPath(trayIcon).isEmpty()) throw new Error('Its image cannot be read.')
      if (!isTrayShown) throw new NothingToCheck('this desktop shows none')
      if (linux !== null && linux.tray !== 'shown')
        throw new NothingToCheck('the icon was made, but this desktop shows none (no StatusNotifierWatcher)')
      return 'the icon of the application was made'
    },
    ['window'],
  )
  await checks.run('screen lock', () => {
    if (linux?.hasScreen === false) throw new NothingToCheck(linux.sentence)
    return linux?.sentence ?? 'a locked screen, sleep and time without use are reported by the system'
  })
  await checks.run('notifications', () => {
    if (!Notification.isSupported()) throw new NothingToCheck('this desktop does not support them')
    return 'supported'
  })
  await checks.run('idle', () => {
    const seconds = powerMonitor.getSystemIdleTime()
    if (!Number.isFinite(seconds) || seconds < 0) throw new Error(`The system reports ${seconds} s.`)
    return `the system reports ${counted(seconds, 'second')} without input`
  })
}

async function useClipboard(): Promise<string> {
  for (const type of MORE_THAN_TEXT) {
    if (await clipboard.has(type)) throw new NothingToCheck('it contains more than text, which is left unchanged')
  }
  const before = await clipboard.readText()
  try {
    await clipboard.writeText(TEXT)
    if ((await clipboard.readText()) !== TEXT) throw new Error('A text was not returned.')
  } finally {
    if (before === '') clipboard.clear()
    else await clipboard.writeText(before)
  }
  if ((await clipboard.readText()) !== before) throw new Error('Its previous content was not restored.')
  return 'a text was written and read back, and the previous content was restored'
}

/** Checks that the menu and a second start reach the window. */
export async function checkReach(checks: Checks, window: BrowserWindow): Promise<void> {
  await checks.run(
    'menu',
    async () => {
      const menu = Menu.getApplicationMenu()
      if (menu === null) throw new Error('The application has no menu.')
      const settings = menu.items.flatMap(({ submenu }) => submenu?.items ?? []).find(({ label }) => label === SETTINGS)
      if (settings === undefined) throw new Error(`It has no entry ${SETTINGS}`)
      const press = settings.click as () => void
      const run = (script: string): Promise<unknown> => window.webContents.executeJavaScript(script)
      // The page of a register without clients follows no menu; now there is one.
      const loaded = new Promise<void>((settle) => window.webContents.once('did-finish-load', () => settle()))
      window.webContents.reload()
      // A script in the page that is left would fail.
      await loaded
      await until(async () => (await run("document.querySelector('#content') !== null")) === true)
      // The page listens a moment after it is drawn.
      await until(async () => {
        press.call(settings)
        return (await run('location.pathname')) === '/settings'
      })
      return `${counted(menu.items.length, 'menu')}, and ${SETTINGS} opened the settings`
    },
    ['first screen', 'register'],
  )
  await checks.run(
    'second start',
    async () => {
      window.hide()
      if (window.isVisible()) throw new Error('The window cannot be hidden.')
      app.emit('second-instance')
      await until(() => window.isVisible())
      return 'it shows the hidden window again'
    },
    ['first screen'],
  )
}

const SETTINGS = 'Settings…'

/** Checks that electron-store kept where the window was when it was closed. */
export async function checkStore(checks: Checks, profile: string): Promise<void> {
  await checks.run(
    'store',
    () => {
      const kept = JSON.parse(readFileSync(join(profile, 'preferences.json'), 'utf8')) as { window?: unknown }
      if (kept.window === undefined) throw new Error('It did not keep the place of the window.')
      return 'the place of the window was kept when it was closed'
    },
    ['quit'],
  )
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise((settle) => setTimeout(settle, 50))
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type Application, newHome } from '../stand-in/application.ts'
import { answered, opened, openedSample, say, todayShown } from './desktop-parts.ts'

const NOTIFY = {
  type: 'notify',
  notification: { title: 'Due', body: 'A key', to: '/rotation' },
} as const

function logOf(application: Application): string {
  return readFileSync(join(application.profile, 'castellan.log'), 'utf8')
}

describe('what the system reports to the application', () => {
  it('is heard: keys of a mouse, a click on the tray, a window that does not answer, processes and loads that failed', async () => {
    const { application, page } = await openedSample({ hasTray: true })
    await page.getByRole('link', { name: 'People' }).first().click()
    await page.getByRole('row').nth(3).waitFor()
    const window = (event: string, ...values: unknown[]): Promise<unknown> =>
      application.evaluate(
        ({ BrowserWindow }, said) => BrowserWindow.getAllWindows()[0]?.emit(said.event, {}, ...said.values),
        {
          event,
          values,
        },
      )
    await window('app-command', 'browser-backward')
    await todayShown(page)
    await window('app-command', 'browser-forward')
    await page.getByRole('row').nth(3).waitFor()
    await application.evaluate(({ app, BrowserWindow, Tray }) => {
      BrowserWindow.getAllWindows()[0]?.minimize()
      Tray.$made[0]?.emit('click')
      app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 9 })
      BrowserWindow.getAllWindows()[0]?.webContents.emit('did-fail-load', {}, -105, 'ERR_NAME_NOT_RESOLVED', '', true)
    })
    const isMinimized = await application.evaluate(({ BrowserWindow, person }) => {
      person.presses.push(1)
      const [first] = BrowserWindow.getAllWindows()
      first?.webContents.emit('unresponsive')
      return first?.isMinimized()
    })
    expect(isMinimized).toBe(false)
    // The page is ended and loaded again, as after a crash.
    const log = () => readFileSync(join(application.profile, 'castellan.log'), 'utf8')
    await expect.poll(log).toMatch(/window\.ended/u)
    for (const event of ['process.gone', 'window.not-loaded', 'window.silent'])
      expect([event, log().includes(`"${event}"`)]).toEqual([event, true])
  })

  it('ends it in order on shutdown', async () => {
    const { application } = await opened()
    await application.evaluate(({ powerMonitor }) => {
      setTimeout(() => powerMonitor.emit('shutdown', {}), 20)
    })
    expect([await application.ended, application.said()]).toEqual([0, ''])
  })

  it('is in the log where the desktop shows no notifications', async () => {
    const { application } = await opened({ hasNotifications: false })
    await say(application, NOTIFY)
    await expect.poll(() => logOf(application)).toContain('"notification.unsupported"')
    expect(await application.evaluate(({ Notification }) => Notification.$shown.length)).toBe(0)
  })

  it('shows no error when the terminal that it was started in was closed', async () => {
    const { application } = await opened()
    await application.evaluate(({ UtilityProcess }) => {
      process.stderr.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
      process.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
      UtilityProcess.$made[0]?.stderr?.emit('data', Buffer.from('A warning.'))
    })
    expect(await application.errors()).toEqual([])
  })
})

describe('on macOS', () => {
  it('a locked screen locks it, and a notification that failed is in the log', async () => {
    const { application, page } = await opened({ platform: 'darwin', isPackaged: true })
    await say(application, NOTIFY)
    await application.evaluate(({ Notification, powerMonitor }) => {
      Notification.$shown.at(-1)?.deref()?.emit('failed', {}, 'It is not signed.')
      powerMonitor.emit('lock-screen')
    })
    await page.getByRole('heading', { level: 1, name: 'Castellan is locked' }).waitFor()
    expect(logOf(application)).toContain('"notification.failed"')
  })

  it('the window opens as large as it was, and the start at login is the system’s own', async () => {
    const home = newHome()
    mkdirSync(join(home, 'profile'))
    const window = { x: 10, y: 10, width: 1000, height: 700, maximized: true }
    writeFileSync(join(home, 'profile/preferences.json'), JSON.stringify({ window, startAtLogin: true }))
    const { application, page } = await opened({ home, platform: 'darwin', isPackaged: true })
    await answered(page)
    const seen = await application.evaluate(({ app, BrowserWindow }) => ({
      isMaximized: BrowserWindow.getAllWindows()[0]?.isMaximized(),
      login: app.$recorded['loginItem'],
    }))
    expect(seen).toEqual({
      isMaximized: true,
      login: { openAtLogin: true, path: process.execPath, args: ['--hidden', '--profile', join(home, 'profile')] },
    })
  })
})

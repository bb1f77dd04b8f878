import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { newHome } from '../stand-in/application.ts'
import { answered, opened, openedSample, say, todayShown } from './desktop-parts.ts'

describe('what the system reports to the application', () => {
  it('is heard: keys of a mouse, a click on the tray, a window that does not answer, processes and loads that failed', async () => {
    const { application, page } = await openedSample()
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
    await say(application, { type: 'notify', notification: { title: 'Due', body: 'A key', to: '/rotation' } })
    const isMinimized = await application.evaluate(({ BrowserWindow, Notification, person }) => {
      Notification.$shown.at(-1)?.deref()?.emit('failed', {}, 'It is not signed.')
      person.presses.push(1)
      const [first] = BrowserWindow.getAllWindows()
      first?.webContents.emit('unresponsive')
      return first?.isMinimized()
    })
    expect(isMinimized).toBe(false)
    // The page is ended and loaded again, as after a crash.
    const log = () => readFileSync(join(application.profile, 'castellan.log'), 'utf8')
    await expect.poll(log).toMatch(/window\.ended/u)
    for (const event of ['process.gone', 'window.not-loaded', 'notification.failed', 'window.silent'])
      expect([event, log().includes(`"${event}"`)]).toEqual([event, true])
  })

  it.each(['shutdown', 'session-end'] as const)('ends it in order on %s', async (event) => {
    const { application } = await opened()
    await application.evaluate(({ powerMonitor, BrowserWindow }, name) => {
      setTimeout(() => (name === 'shutdown' ? powerMonitor : BrowserWindow.getAllWindows()[0])?.emit(name, {}), 20)
    }, event)
    expect([await application.ended, application.said()]).toEqual([0, ''])
  })
})

describe('on macOS', () => {
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

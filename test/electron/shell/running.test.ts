import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type Application, type ApplicationOptions, newHome, startApplication } from '../stand-in/application.ts'
import { answered, opened, openedSample, places } from './desktop-parts.ts'
import { startBus } from './linux/private-bus.ts'
import { startTray } from './linux/services.ts'

/** A home whose profile has these preferences. */
function homeWith(preferences: object): string {
  const home = newHome()
  mkdirSync(join(home, 'profile'))
  writeFileSync(join(home, 'profile/preferences.json'), JSON.stringify(preferences))
  return home
}

/** A desktop that shows the icons of applications, for as long as the test runs. */
async function newTrayDesktop(): Promise<Pick<ApplicationOptions, 'env' | 'hasTray'>> {
  const { address } = await startBus()
  await startTray(address)
  return { hasTray: true, env: { DBUS_SESSION_BUS_ADDRESS: address } }
}

/** Whether each window is open and minimized. */
function minimized(application: Application): Promise<readonly boolean[]> {
  return application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isMinimized()))
}

describe('an application that keeps running', () => {
  it('stays in the tray without its window, which the tray opens again, and quits from there', async () => {
    const { application } = await opened({ home: homeWith({ keepRunning: true }), ...(await newTrayDesktop()) })
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect.poll(() => places(application)).toEqual([])
    const press = (label: string): Promise<unknown> =>
      application.evaluate(({ Tray }, words) => {
        const item = Tray.$made[0]?.$menu?.items.find((each) => each.label === words)
        setTimeout(() => item?.click(), 20)
      }, label)
    await press('Open Castellan')
    await expect.poll(() => places(application)).toEqual(['app://register/'])
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect.poll(() => places(application)).toEqual([])
    await press('Quit')
    expect(await application.ended).toBe(0)
  })

  it('ends with its window on a desktop that shows no tray, since nothing would open it again', async () => {
    const { address } = await startBus()
    for (const env of [{ DBUS_SESSION_BUS_ADDRESS: address }, {}]) {
      const { application } = await opened({ home: homeWith({ keepRunning: true }), env })
      await application.evaluate(({ BrowserWindow }) => {
        setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 20)
      })
      expect(await application.ended).toBe(0)
    }
  })

  it('ends with its window, and starts nothing at login, where the person did not ask for it', async () => {
    const { application } = await opened({ home: homeWith({ keepRunning: false }) })
    expect(readdirSync(application.home)).not.toContain('.config')
    await application.evaluate(({ BrowserWindow }) => {
      setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 20)
    })
    expect(await application.ended).toBe(0)
  })
})

describe('the start at login', () => {
  it('is an entry of the desktop that starts without a window where a tray is there', async () => {
    const home = homeWith({ startAtLogin: true })
    const desktop = await newTrayDesktop()
    const { application } = await opened({ home, ...desktop })
    const folder = join(home, '.config/autostart')
    await expect.poll(() => readdirSync(folder)).toHaveLength(1)
    const [name = ''] = readdirSync(folder)
    const command = /^Exec=(?<command>.*)$/mu.exec(readFileSync(join(folder, name), 'utf8'))?.groups?.['command'] ?? ''
    expect(command).toContain('"--hidden" "--profile"')
    expect(command).toContain(JSON.stringify(join(home, 'profile')))
    await application.close()
    const hidden = await startApplication({
      home,
      args: ['--hidden', '--profile', join(home, 'profile')],
      ...desktop,
    })
    await expect.poll(() => hidden.evaluate(({ Tray }) => Tray.$made.length)).toBe(1)
    expect(await places(hidden)).toEqual([])
    await hidden.evaluate(({ app }) => app.emit('second-instance', {}, [], ''))
    await answered(await hidden.firstWindow())
  })

  it('opens the window minimized where no tray is there, and a second start shows it', async () => {
    const home = newHome()
    const hidden = await startApplication({ home, args: ['--hidden', '--profile', join(home, 'profile')] })
    await expect.poll(() => minimized(hidden)).toEqual([true])
    await hidden.evaluate(({ app }) => app.emit('second-instance', {}, [], ''))
    expect(await minimized(hidden)).toEqual([false])
  })
})

describe('the badge', () => {
  it('counts the keys that are due, and is removed while the register is locked', async () => {
    const { application, page } = await openedSample()
    const badge = () => application.evaluate(({ app }) => app.$recorded['badge'])
    await expect.poll(badge).toBeGreaterThan(0)
    await application.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
    await page.getByRole('heading', { level: 1, name: 'Castellan is locked' }).waitFor()
    await expect.poll(badge).toBe(0)
  })
})

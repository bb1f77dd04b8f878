import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type Application, newHome } from '../stand-in/application.ts'
import { answered, opened, openedSample, pressMenu, say, todayShown } from './desktop-parts.ts'

/** No key of the menu is there twice or is one that the page has, and each of the roles is there. */
async function expectKeysOnce(application: Application, wanted: readonly string[]): Promise<void> {
  const { keys, roles } = await application.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
    return {
      keys: items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator])),
      roles: items.map(({ role }) => role),
    }
  })
  expect(new Set(keys).size).toBe(keys.length)
  // All clients have it in the page.
  expect(keys).not.toContain('CmdOrCtrl+0')
  for (const role of wanted) expect([role, roles.includes(role)]).toEqual([role, true])
}

describe('the menu of the application', () => {
  it('has each key once, goes back and forward, presses the key of the search, shows the log, and locks', async () => {
    const { application, page } = await openedSample()
    await expectKeysOnce(application, ['quit', 'resetZoom'])
    await page.getByRole('link', { name: 'People' }).first().click()
    await page.getByRole('row').nth(3).waitFor()
    await pressMenu(application, 'Back')
    await todayShown(page)
    await pressMenu(application, 'Forward')
    await page.getByRole('row').nth(3).waitFor()
    await page.evaluate(() => {
      addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
        document.documentElement.dataset['pressed'] = `${ctrlKey || metaKey} ${key}`
      })
    })
    await pressMenu(application, 'Find…')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['pressed'])).toBe('true f')
    await pressMenu(application, 'Show log')
    expect(await application.evaluate(({ person }) => person.opened)).toEqual([
      join(application.profile, 'castellan.log'),
    ])
    await pressMenu(application, 'Lock Castellan')
    await page.getByRole('heading', { level: 1, name: 'Castellan is locked' }).waitFor()
  })

  it('leads to the settings, the guide and About from the first run, and back to it', async () => {
    const { application, page } = await opened()
    for (const [entry, heading] of [
      ['Settings…', 'Settings'],
      ['Guide', 'Help'],
      ['About Castellan', 'Settings'],
    ] as const) {
      await pressMenu(application, entry)
      await expect.poll(() => page.getByRole('heading', { level: 1 }).allTextContents()).toContain(heading)
    }
    await page.getByText('About Castellan').first().waitFor()
    await page.getByRole('button', { name: 'Back to the first steps' }).click()
    await answered(page)
  })

  it('has each key once on macOS too, with its own items, and none of the keys that the page has', async () => {
    const { application } = await opened({ platform: 'darwin', isPackaged: true })
    await expectKeysOnce(application, ['close', 'quit', 'resetZoom', 'services'])
    expect(await application.errors()).toEqual([])
  })
})

describe('the frame of the window', () => {
  it('has the colour scheme of the preferences from its first picture on, and follows a change', async () => {
    const home = newHome()
    mkdirSync(join(home, 'profile'))
    writeFileSync(join(home, 'profile/preferences.json'), JSON.stringify({ colourScheme: 'dark' }))
    const { application } = await opened({ home })
    const frame = () =>
      application.evaluate(({ nativeTheme, BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        return [nativeTheme.themeSource, window?.$options.backgroundColor, window?.$background]
      })
    expect(await frame()).toEqual(['dark', '#1a1b1e', '#1a1b1e'])
    const preferences = { keepRunning: false, startAtLogin: false }
    await say(application, { type: 'preferences', colourScheme: 'light', ...preferences })
    expect(await frame()).toEqual(['light', '#1a1b1e', '#ffffff'])
    await say(application, { type: 'preferences', colourScheme: 'auto', ...preferences })
    expect(await frame()).toEqual(['system', '#1a1b1e', '#ffffff'])
  })
})

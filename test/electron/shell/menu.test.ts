import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type Application, newHome } from '../stand-in/application.ts'
import { opened, openedSample } from './desktop-parts.ts'

/** Presses an item of the application's menu by its words. */
async function press(application: Application, label: string): Promise<void> {
  await application.evaluate(({ Menu }, words) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
    const item = items.find((each) => each.label === words)
    if (item === undefined) throw new Error(`The menu has no item ${words}.`)
    item.click()
  }, label)
}

describe('the menu of the application', () => {
  it('goes back and forward, presses the key of the search, shows the log, and locks', async () => {
    const { application, page } = await openedSample()
    await page.getByRole('link', { name: 'People' }).first().click()
    await page.getByRole('row').nth(3).waitFor()
    await press(application, 'Back')
    await page.getByRole('heading', { name: 'By client' }).waitFor()
    await press(application, 'Forward')
    await page.getByRole('row').nth(3).waitFor()
    await page.evaluate(() => {
      addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
        document.documentElement.dataset['pressed'] = `${ctrlKey || metaKey} ${key}`
      })
    })
    await press(application, 'Find…')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['pressed'])).toBe('true f')
    await press(application, 'Show log')
    expect(await application.evaluate(({ person }) => person.opened)).toEqual([
      join(application.profile, 'castellan.log'),
    ])
    await press(application, 'Lock Castellan')
    await page.getByRole('heading', { level: 1, name: 'Castellan is locked' }).waitFor()
  })

  it.each(['linux', 'darwin'] as const)('has each key once on %s, and none that the page has', async (platform) => {
    const { application } = await opened({ platform, isPackaged: true })
    const keys = await application.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()
        ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
        .flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator])),
    )
    expect(new Set(keys).size).toBe(keys?.length)
    // All clients have it in the page.
    expect(keys).not.toContain('CmdOrCtrl+0')
    const roles = await application.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items.map(({ role }) => role) ?? []),
    )
    for (const role of ['close', 'quit', 'resetZoom', ...(platform === 'darwin' ? ['services'] : [])])
      expect([role, roles?.includes(role)]).toEqual([role, true])
  })
})

describe('the frame of the window', () => {
  it.each([
    ['dark', 'dark', '#1a1b1e'],
    ['light', 'light', '#ffffff'],
    ['no such scheme', 'system', '#ffffff'],
  ])('that opens with the colour scheme %s is %s', async (stored, source, colour) => {
    const home = newHome()
    mkdirSync(join(home, 'profile'))
    writeFileSync(join(home, 'profile/preferences.json'), JSON.stringify({ colourScheme: stored }))
    const { application } = await opened({ home })
    const frame = await application.evaluate(({ nativeTheme, BrowserWindow }) => [
      nativeTheme.themeSource,
      BrowserWindow.getAllWindows()[0]?.$options.backgroundColor,
    ])
    expect(frame).toEqual([source, colour])
  })
})

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { APP_ID } from '../../electron/shell/app-id.ts'
import { REASON_SHOWN } from '../../electron/shell/exit-code.ts'
import { newHome, startApplication } from './stand-in/application.ts'

/** Waits until the window shows that the service has answered. */
async function answered(application: Awaited<ReturnType<typeof startApplication>>) {
  const page = await application.firstWindow()
  await page.getByRole('button', { name: /sample agency/iu }).waitFor()
  return page
}

describe('the start of the application', () => {
  // Windows has other paths, which this system cannot open.
  it.each([
    ['darwin', 'packaged', '', 'trayTemplate.png'],
    ['linux', 'from its folder', 'icon.png', 'tray.png'],
  ] as const)('on %s, %s, opens the profile that --profile names in a window', async (platform, where, icon, tray) => {
    const home = newHome()
    const isPackaged = where === 'packaged'
    const application = await startApplication({
      home,
      platform,
      isPackaged,
      args: [`--profile=${join(home, 'of acme')}`],
    })
    await answered(application)
    expect(existsSync(join(home, 'of acme/register.db'))).toBe(true)
    const seen = await application.evaluate(({ BrowserWindow, Tray }) => ({
      windows: BrowserWindow.getAllWindows().map((each) => [
        each.isVisible(),
        each.getTitle(),
        each.webContents.getURL(),
      ]),
      pictures: [
        (BrowserWindow.getAllWindows()[0]?.$options.icon as string | undefined) ?? '',
        (Tray.$made[0]?.$image as { readonly $path: string } | undefined)?.$path ?? '',
      ],
    }))
    expect(seen.windows).toEqual([[true, 'Castellan', 'app://register/']])
    expect(seen.pictures.map((path) => basename(path))).toEqual([icon, tray])
    expect(seen.pictures.filter((path) => path !== '' && !existsSync(path))).toEqual([])
    await application.close()
    expect([await application.ended, application.said()]).toEqual([0, ''])
  })

  it.skipIf(process.getuid?.() === 0)('reports why a profile cannot be written, and ends with an error', async () => {
    const home = newHome()
    mkdirSync(join(home, 'closed'))
    chmodSync(join(home, 'closed'), 0o500)
    const application = await startApplication({ home, args: ['--profile', join(home, 'closed/profile')] })
    expect(await application.ended).not.toBe(0)
    expect(application.boxes()).toMatch(/^Castellan cannot start\n.*EACCES[\s\S]*--profile FOLDER/u)
  })

  it('reports that the profile is a file, and ends with an error', async () => {
    const home = newHome()
    writeFileSync(join(home, 'profile'), 'a file')
    const application = await startApplication({ home })
    expect(await application.ended).toBe(REASON_SHOWN)
    expect(application.boxes()).toMatch(/^Castellan cannot start\n.*profile[\s\S]*--profile FOLDER/u)
    expect(readFileSync(join(home, 'profile'), 'utf8')).toBe('a file')
  })

  it('opens where its preferences are not readable as JSON, and keeps the window’s place in them again', async () => {
    const home = newHome()
    mkdirSync(join(home, 'profile'))
    writeFileSync(join(home, 'profile/preferences.json'), '{"window": {"x": 1')
    const application = await startApplication({ home })
    await answered(application)
    await application.close()
    expect([await application.ended, await placeIn(home)]).toEqual([
      0,
      { x: 0, y: 0, width: 1360, height: 860, maximized: false },
    ])
  })

  it('reports that another version wrote the register, and ends with an error', async () => {
    const home = newHome()
    mkdirSync(join(home, 'profile'))
    writeFileSync(
      join(home, 'profile/register.db'),
      'This is not a register of any version, but a text of some length.',
    )
    const application = await startApplication({ home })
    expect(await application.ended).toBe(REASON_SHOWN)
    expect(application.boxes()).toContain('Castellan cannot open this register')
  })
})

async function placeIn(home: string): Promise<unknown> {
  const { window } = JSON.parse(readFileSync(join(home, 'profile/preferences.json'), 'utf8')) as { window: unknown }
  return window
}

describe('a packaged application', () => {
  // Windows shows the application twice where its shortcuts have another id.
  it('has the id of the installer’s shortcuts', () => {
    const packaging = readFileSync(resolve(import.meta.dirname, '../../electron-builder.yml'), 'utf8')
    expect(packaging).toContain(`appId: ${APP_ID}\n`)
  })

  it('does not start where another program could read its window, and reports it', async () => {
    const application = await startApplication({ isPackaged: true, args: ['--remote-debugging-port=9222'] })
    expect(await application.ended).toBe(REASON_SHOWN)
    expect(application.boxes()).toMatch(
      /^Castellan cannot start\n.*does not start with --remote-debugging-port\.\n\nStart it without this switch/u,
    )
    expect(application.boxes()).not.toContain('profile')
  })

  it('with a verb of the terminal names the program that has it, and ends as a wrong call', async () => {
    const application = await startApplication({ isPackaged: true, args: ['sync', '--client', 'acme'] })
    expect(await application.ended).toBe(2)
    expect(application.said()).toMatch(/has no verb “sync”\. The terminal program castellan has\. It is .*terminal/u)
  })
})

describe('a second start', () => {
  it('on the same profile brings the first window forward and ends, and on another one has a window of its own', async () => {
    const home = newHome()
    const first = await startApplication({ home })
    const other = await startApplication({ home, args: ['--profile', join(home, 'other')] })
    await Promise.all([answered(first), answered(other)])
    expect(existsSync(join(home, 'other/register.db'))).toBe(true)
    await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    const second = await startApplication({ home })
    expect([await second.ended, second.said()]).toEqual([0, ''])
    await expect
      .poll(() =>
        first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isMinimized())),
      )
      .toEqual([false])
  })
})

describe('the place of the window', () => {
  it('is kept by quit and by close, and the next start opens there', async () => {
    const home = newHome()
    const places = [700, 600].map((height) => ({ x: 40, y: 60, width: 1000, height }))
    const seen: unknown[] = []
    for (const [start, end] of (['quit', 'close', 'quit'] as const).entries()) {
      const application = await startApplication({ home })
      await answered(application)
      seen.push(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()))
      await application.evaluate(
        ({ app, BrowserWindow }, { place, how }) => {
          const [window] = BrowserWindow.getAllWindows()
          if (place !== undefined) window?.setBounds(place)
          // The answer goes out before the process ends.
          setTimeout(() => (how === 'quit' ? app.quit() : window?.close()), 20)
        },
        { place: places[start], how: end },
      )
      expect(await application.ended).toBe(0)
    }
    expect(seen.slice(1)).toEqual(places)
  })
})

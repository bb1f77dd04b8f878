import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { filesUnder } from '../../../build/freshness.mjs'
import { type Application, startApplication } from '../stand-in/application.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Addresses that want to be ours. */
const HOSTILE = [
  'https://example.com/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'app://other/index.html',
  'app://register.example.com/',
  'app://registerx/',
  'app://register:8080/',
  'app://user@register/',
  'appx://register/',
  'https://example.com/?next=app://register/',
  'app:register',
  'javascript:alert(1)',
  'devtools://devtools/bundled/inspector.html',
  'data:text/html,<script>alert(1)</script>',
  'about:blank',
  'not an address',
  '',
]

let application: Application
let page: Page
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  application = await startApplication({ isPackaged: true, atEnd: (end) => ends.push(end) })
  page = await application.firstWindow()
  await page.getByRole('button', { name: /sample agency/iu }).waitFor()
})

afterAll(async () => {
  for (const end of ends) await end()
})

describe("Electron's security checklist, on the running application", () => {
  it('1 and 18: loads its pages by a scheme of its own, and nothing from elsewhere', async () => {
    const asked = await application.evaluate(
      async ({ session }, addresses) => {
        const cancelled: string[] = []
        for (const url of addresses) {
          session.defaultSession.webRequest.$before?.({ url }, ({ cancel = false }) => {
            if (cancel) cancelled.push(url)
          })
        }
        return cancelled
      },
      ['app://register/assets/index.js', ...HOSTILE],
    )
    expect(asked).toEqual(HOSTILE.filter((address) => !address.startsWith('data:')))
    const fetched = await page.evaluate(async () => {
      const elsewhere = ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd']
      return Promise.all(
        elsewhere.map((url) =>
          fetch(url).then(
            () => url,
            () => 'refused',
          ),
        ),
      )
    })
    expect(fetched).toEqual(['refused', 'refused', 'refused'])
    const rules = await application.evaluate(({ app }) => app.commandLine.getSwitchValue('host-resolver-rules'))
    expect(rules).toBe('MAP * ~NOTFOUND')
  })

  it('2, 3, 4, 6, 8, 9, 10, 11: gives the page no Node, no shared context, no weakened rule, no webview', async () => {
    const preferences = await application.evaluate(({ BrowserWindow }) => {
      const { preload: _preload, ...others } = BrowserWindow.getAllWindows()[0]?.$options.webPreferences ?? {}
      return others
    })
    expect(preferences).toEqual({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      devTools: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
    })
    const seen = await page.evaluate(() =>
      ['require', 'process', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in globalThis),
    )
    expect(seen).toEqual([])
  })

  it('4: turns the sandbox off only for root, and with a switch', async () => {
    const isOn = await application.evaluate(({ app }) => app.commandLine.hasSwitch('enable-sandbox'))
    expect(isOn).toBe(process.getuid?.() !== 0)
  })

  it('5: refuses every permission but that of copying text, asked by our page', async () => {
    const given = await application.evaluate(
      ({ session }, origins) => {
        const permissions =
          'clipboard-sanitized-write clipboard-read media geolocation notifications openExternal fullscreen hid usb'
        return origins.flatMap((origin) =>
          permissions
            .split(' ')
            .flatMap((each) => (session.defaultSession.$mayUse(each, origin) ? [`${each} ${origin}`] : [])),
        )
      },
      ['app://register', ...HOSTILE],
    )
    expect(given).toEqual(['clipboard-sanitized-write app://register'])
    expect(await application.evaluate(({ session }) => session.defaultSession.$device?.({}))).toBe(false)
    expect(await application.evaluate(({ session }) => session.defaultSession.$displayMedia)).toBeNull()
    const read = await page.evaluate(() =>
      navigator.clipboard.readText().then(
        () => 'read',
        (error: Error) => error.name,
      ),
    )
    expect(read).toBe('NotAllowedError')
  })

  it('7: sends a content policy with each page, with a nonce of its own', async () => {
    const policies: string[] = []
    for (let load = 0; load < 2; load += 1) {
      const [answer] = await Promise.all([
        page.waitForResponse((each) => each.url().endsWith('.invalid/')),
        page.reload(),
      ])
      const policy = (await answer.allHeaders())['content-security-policy'] ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/u)
      const nonce = /'nonce-([^']+)'/u.exec(policy)?.[1] ?? 'none'
      expect(await answer.text()).toContain(nonce)
      policies.push(policy)
    }
    expect(new Set(policies).size).toBe(2)
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "ran"'
      document.head.append(script)
    })
    expect(await page.title()).not.toBe('ran')
  })

  it('12: attaches no webview', async () => {
    const isPrevented = await application.evaluate(({ BrowserWindow }) => {
      const event = { isPrevented: false, preventDefault: () => (event.isPrevented = true) }
      BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event)
      return event.isPrevented
    })
    expect(isPrevented).toBe(true)
  })

  it('13: navigates only to our own pages', async () => {
    const passed = await application.evaluate(
      ({ BrowserWindow }, addresses) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        return ['will-navigate', 'will-redirect', 'will-frame-navigate'].flatMap((name) =>
          addresses.filter((url) => {
            const event = { url, isPrevented: false, preventDefault: () => (event.isPrevented = true) }
            contents?.emit(name, event)
            return !event.isPrevented
          }),
        )
      },
      ['app://register/people?person=1', ...HOSTILE],
    )
    expect(passed).toEqual(Array(3).fill('app://register/people?person=1'))
    await page.evaluate(() => {
      location.href = 'https://example.com/'
    })
    await page.getByRole('button', { name: /sample agency/iu }).waitFor()
    expect(new URL(page.url()).host).toBe('register.app.invalid')
  })

  it('14: opens no further window, ours included', async () => {
    const answers = await application.evaluate(
      ({ BrowserWindow }, addresses) =>
        addresses.map((url) => BrowserWindow.getAllWindows()[0]?.webContents.$askOpen(url).action),
      ['app://register/', ...HOSTILE],
    )
    expect(new Set(answers)).toEqual(new Set(['deny']))
    const opened = await page.evaluate(() => {
      const link = document.createElement('a')
      Object.assign(link, { href: '/', target: '_blank' })
      document.body.append(link)
      link.click()
      link.remove()
      return window.open('https://example.com/')
    })
    expect(opened).toBeNull()
    expect(page.context().pages()).toHaveLength(1)
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  it('15: passes no address to the desktop', () => {
    const sources = filesUnder(root, 'electron').map((file) => readFileSync(join(root, file), 'utf8'))
    expect(sources.filter((source) => /openExternal\(/u.test(source))).toEqual([])
  })

  it('16: is built on one of the three supported major versions at its release', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(Number(devDependencies['electron']?.split('.')[0])).toBeGreaterThanOrEqual(45)
  })

  it('17: makes a port for the main frame of our page, and for no other', async () => {
    const answered = await application.evaluate(({ ipcMain }, addresses) => {
      const ask = (url: string, inMainFrame = true): boolean => {
        const posted: unknown[] = []
        const frame = { url, postMessage: (...values: unknown[]) => void posted.push(values) }
        ipcMain.emit('castellan:connect', { senderFrame: frame, sender: { mainFrame: inMainFrame ? frame : { url } } })
        return posted.length === 1
      }
      ipcMain.emit('castellan:connect', { senderFrame: null, sender: { mainFrame: null } })
      return {
        ours: ask('app://register/keys'),
        inFrame: ask('app://register/keys', false),
        hostile: addresses.filter((url) => ask(url)),
        channels: ipcMain.eventNames(),
      }
    }, HOSTILE)
    expect(answered).toEqual({ ours: true, inFrame: false, hostile: [], channels: ['castellan:connect'] })
  })

  it('19: sets the fuses where the application is packed', () => {
    // Read back from a packed application in test/build/pack.test.ts.
    expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).toContain('electronFuses:')
  })

  it('20: exposes no function of Electron to the page', async () => {
    const preload = readFileSync(join(root, 'electron/preload.ts'), 'utf8')
    expect(preload).not.toMatch(/contextBridge|exposeInMainWorld|invoke\(/u)
    const names = await page.evaluate(() =>
      Object.getOwnPropertyNames(globalThis).filter((name) => /electron|castellan/iu.test(name)),
    )
    expect(names).toEqual([])
  })

  it('beyond the list: starts no download', async () => {
    const isPrevented = await application.evaluate(({ session }) => {
      const event = { isPrevented: false, preventDefault: () => (event.isPrevented = true) }
      session.defaultSession.emit('will-download', event)
      return event.isPrevented
    })
    expect(isPrevented).toBe(true)
  })
})

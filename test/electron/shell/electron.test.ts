import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { filesUnder } from '../../../build/freshness.mjs'
import { app, clipboard, ipcMain, powerMonitor, recorded, session, type BrowserWindow } from './parts/fake-electron.ts'

vi.mock('electron', async () => import('./parts/fake-electron.ts'))
vi.mock('electron-store', () => ({
  default: class {
    get(): unknown {
      return undefined
    }
    set(): void {
      throw new Error('ENOSPC: no space left on device')
    }
  },
}))

const root = resolve(import.meta.dirname, '../../..')
const pages = mkdtempSync(join(tmpdir(), 'castellan-pages-'))

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

function handler(name: string): (...values: unknown[]) => unknown {
  return recorded.handlers[name] as unknown as (...values: unknown[]) => unknown
}

function window(): BrowserWindow {
  const first = recorded.windows[0]
  if (first === undefined) throw new Error('The shell opened no window.')
  return first
}

function service() {
  const first = recorded.forked[0]
  if (first === undefined) throw new Error('The shell started no service.')
  return first
}

/** Whether the shell lets an event of navigation pass. */
function passes(name: string, url: string): boolean {
  const event = { url, preventDefault: vi.fn<() => void>() }
  window().webContents.emit(name, event)
  return event.preventDefault.mock.calls.length === 0
}

beforeAll(async () => {
  writeFileSync(join(pages, 'index.html'), '<meta content="__CASTELLAN_STYLE_NONCE__">')
  const { prepareElectron, openElectronShell } = await import('../../../electron/shell/electron.ts')
  prepareElectron()
  openElectronShell({
    profile: '/profiles/one',
    parts: { renderer: pages, service: '/out/service.js', preload: '/out/preload.cjs', trayIcon: '/out/tray.png' },
  })
})

afterEach(() => {
  service().sent.splice(0)
})

describe("Electron's security checklist", () => {
  it('1 and 18: loads its pages by a scheme of its own, and nothing from elsewhere', () => {
    expect(window().url).toBe('app://register/')
    const cancelled = (url: string): boolean => {
      let cancel: boolean | undefined
      handler('before-request')({ url }, (decision: { cancel: boolean }) => {
        cancel = decision.cancel
      })
      return cancel ?? false
    }
    expect(cancelled('app://register/assets/index.js')).toBe(false)
    for (const url of HOSTILE.filter((address) => !address.startsWith('data:')))
      expect([url, cancelled(url)]).toEqual([url, true])
    expect(recorded.switches).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND'])
  })

  it('2, 3, 4, 6, 8, 9, 10, 11: gives the page no Node, no shared context, no weakened rule, no webview', () => {
    expect(recorded.sandboxed).toBe(true)
    const preferences = window().options['webPreferences'] as Record<string, unknown>
    expect(preferences).toMatchObject({
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
    })
    expect(Object.keys(preferences)).not.toContain('enableBlinkFeatures')
    expect(Object.keys(preferences)).not.toContain('additionalArguments')
  })

  it('5: refuses every permission but that of copying text, asked by our page', () => {
    const asked = (permission: string, requestingUrl: string): boolean => {
      let given: boolean | undefined
      const decide = (decision: boolean): void => {
        given = decision
      }
      handler('permission-request')({}, permission, decide, { requestingUrl })
      expect(handler('permission-check')({}, permission, requestingUrl)).toBe(given)
      return given ?? false
    }
    expect(asked('clipboard-sanitized-write', 'app://register/keys')).toBe(true)
    const others = [
      'clipboard-read',
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'fullscreen',
      'hid',
      'usb',
    ]
    for (const permission of others)
      expect([permission, asked(permission, 'app://register/')]).toEqual([permission, false])
    for (const url of HOSTILE) expect([url, asked('clipboard-sanitized-write', url)]).toEqual([url, false])
    expect(handler('device')({})).toBe(false)
  })

  it('7: sends a content policy with each page, with a nonce of its own', async () => {
    const load = async (): Promise<Response> =>
      (await handler('protocol app')({ method: 'GET', url: 'app://register/' })) as Response
    const [first, second] = [await load(), await load()]
    const policy = first.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/u)
    const nonce = /'nonce-([^']+)'/u.exec(policy)?.[1] ?? 'none'
    expect(await first.text()).toBe(`<meta content="${nonce}">`)
    expect(second.headers.get('content-security-policy')).not.toBe(policy)
  })

  it('12: attaches no webview', () => {
    expect(passes('will-attach-webview', '')).toBe(false)
  })

  it('13: goes nowhere but to our own pages', () => {
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(passes(name, 'app://register/people?person=1')).toBe(true)
      for (const url of HOSTILE) expect([name, url, passes(name, url)]).toEqual([name, url, false])
    }
  })

  it('14: opens no further window, ours included', () => {
    for (const url of [...HOSTILE, 'app://register/']) {
      expect(window().webContents.openHandler({ url })).toEqual({ action: 'deny' })
    }
  })

  it('15: hands no address to the desktop', () => {
    const sources = filesUnder(root, 'electron').map((file) => readFileSync(join(root, file), 'utf8'))
    expect(sources.filter((source) => /openExternal\(|openPath\(/u.test(source))).toEqual([])
  })

  it('16: is built on one of the three supported major versions at its release', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(Number(devDependencies['electron']?.split('.')[0])).toBeGreaterThanOrEqual(45)
  })

  it('17: makes a port for the main frame of our page, and for nobody else', () => {
    const connect = (
      senderFrame: { url: string; postMessage(...values: unknown[]): void } | null,
      mainFrame = senderFrame,
    ) => {
      const before = recorded.channels.length
      ipcMain.emit('castellan:connect', { senderFrame, sender: { mainFrame } })
      return recorded.channels.length - before
    }
    const frame = (url: string) => ({ url, postMessage: vi.fn<(...values: unknown[]) => void>() })
    const ours = frame('app://register/keys')
    expect(connect(ours)).toBe(1)
    expect(ours.postMessage).toHaveBeenCalledWith('castellan:port', null, [{ name: 'window' }])
    expect(service().sent).toEqual([[{ type: 'connect' }, [{ name: 'service' }]]])
    expect(connect(frame('app://register/keys'), frame('app://register/'))).toBe(0)
    expect(connect(null, frame('app://register/'))).toBe(0)
    for (const url of HOSTILE) expect([url, connect(frame(url))]).toEqual([url, 0])
    expect(ipcMain.eventNames()).toEqual(['castellan:connect'])
  })

  it('19: sets the fuses where the application is packed', () => {
    // Read back from a packed application in test/build/pack.test.ts.
    expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).toContain('electronFuses:')
  })

  it('20: exposes no function of Electron to the page', () => {
    const preload = readFileSync(join(root, 'electron/preload.ts'), 'utf8')
    expect(preload).not.toMatch(/contextBridge|exposeInMainWorld|invoke\(/u)
  })
})

describe('the desktop application', () => {
  it('starts the service in a process of its own and tells it the profile, not the arguments', () => {
    expect(service()).toMatchObject({ file: '/out/service.js', args: [] })
  })

  it('opens what a notification names, in our window only', () => {
    const notify = (to: string) => {
      service().child.emit('message', { type: 'notify', notification: { title: 'Due', body: 'A key', to } })
      handler('notification-click')()
    }
    notify('/keys?key=12')
    expect(service().sent).toEqual([{ type: 'navigate', to: '/keys?key=12' }])
    for (const to of ['//example.com/', 'https://example.com/', '/\\example.com', 'javascript:alert(1)', '/a\nb'])
      notify(to)
    expect(service().sent).toHaveLength(1)
  })

  it('offers to save diagnostics in the help menu, where they are shown first', () => {
    const items = recorded.menu.flatMap(({ role, submenu = [] }) => (role === 'help' ? submenu : []))
    expect(items.map(({ label }) => label)).toEqual(['Save diagnostics…'])
    items[0]?.click?.()
    expect(service().sent).toEqual([{ type: 'navigate', to: '/settings?section=about' }])
  })

  it('answers where to save by the dialog of the desktop', async () => {
    service().child.emit('message', { type: 'ask-save', ask: 7, suggestedName: 'register.md', extension: 'md' })
    await vi.waitFor(() => expect(service().sent).toHaveLength(1))
    expect(service().sent).toEqual([
      { type: 'save-answer', ask: 7, answer: { outcome: 'chosen', path: '/home/person/register.md' } },
    ])
  })

  it('answers which folder to write into by the dialog of the desktop', async () => {
    service().child.emit('message', { type: 'ask-save', ask: 8, suggestedName: '', extension: '', folder: true })
    await vi.waitFor(() => expect(service().sent).toHaveLength(1))
    expect(service().sent).toEqual([
      { type: 'save-answer', ask: 8, answer: { outcome: 'chosen', path: '/home/person/evidence' } },
    ])
  })

  it('shows the title that the service sets, and not the one of the page', () => {
    service().child.emit('message', { type: 'title', title: 'Castellan — Acme Corp' })
    expect(window().title).toBe('Castellan — Acme Corp')
    const event = { preventDefault: vi.fn<() => void>() }
    window().emit('page-title-updated', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })

  it('starts no download', () => {
    const event = { preventDefault: vi.fn<() => void>() }
    session.defaultSession.emit('will-download', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })

  it('leaves the sandbox off where it was started without, as root has to be', async () => {
    const { prepareElectron } = await import('../../../electron/shell/electron.ts')
    const before = recorded.switches.length
    recorded.sandboxed = false
    recorded.switches.push(['no-sandbox'])
    prepareElectron()
    expect(recorded.sandboxed).toBe(false)
    recorded.switches.splice(before)
  })

  it('prints pages that lie in no file, two at once, each in a window of its own that sees nothing else', async () => {
    const { printInWindow } = await import('../../../electron/shell/electron/print.ts')
    const printed = await Promise.all([printInWindow('<p>one</p>'), printInWindow('<p>two</p>')])
    const texts = printed.map((each) => (each.outcome === 'printed' ? Buffer.from(each.pdf).toString() : each.reason))
    expect(texts).toEqual(['PDF of <p>one</p>', 'PDF of <p>two</p>'])
    const addresses = recorded.windows.splice(1).map(({ url }) => url)
    expect(new Set(addresses).size).toBe(2)
    for (const url of [...addresses, 'app://register/', ...HOSTILE]) {
      let cancel: boolean | undefined
      handler('print before-request')({ url }, (decision: { cancel: boolean }) => {
        cancel = decision.cancel
      })
      expect([url, cancel]).toEqual([url, true])
    }
    expect(handler('print permission-check')()).toBe(false)
  })

  it('has the id of the installer’s shortcuts', () => {
    expect(recorded.switches).toContainEqual(['app-user-model-id', 'app.castellan.desktop'])
    expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).toContain('appId: app.castellan.desktop')
  })

  it('offers editing on a right click in a field, and copying on what is selected', () => {
    const none = { canUndo: false, canRedo: false, canCut: false, canCopy: false, canPaste: true, canSelectAll: true }
    const rolesOf = (params: object): unknown[] => {
      window().webContents.emit('context-menu', {}, { editFlags: none, selectionText: '', ...params })
      return (recorded.contextMenus.at(-1) ?? []).flatMap(({ role, enabled }) => (role ? [`${role} ${enabled}`] : []))
    }
    expect(rolesOf({ isEditable: true })).toEqual([
      'undo false',
      'redo false',
      'cut false',
      'copy false',
      'paste true',
      'selectAll true',
    ])
    expect(rolesOf({ isEditable: false, selectionText: 'Acme' })).toEqual(['copy true'])
    expect(rolesOf({ isEditable: false })).toEqual(['copy false'])
  })

  it('loads a page again whose process ended, and says so when it ends again', () => {
    const { webContents } = window()
    webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect([webContents.reloads, recorded.errorBoxes]).toEqual([1, []])
    webContents.emit('render-process-gone', {}, { reason: 'oom' })
    expect([webContents.reloads, recorded.errorBoxes.splice(0)]).toEqual([
      1,
      [['Castellan cannot show its window', expect.stringContaining('(oom)')]],
    ])
  })

  it('reports that the machine goes to sleep, wakes or locks its screen', () => {
    for (const name of ['suspend', 'resume', 'lock-screen']) powerMonitor.emit(name)
    expect(service().sent).toEqual([{ type: 'away' }, { type: 'away' }, { type: 'away' }])
  })

  it('takes the view away on lock without a question: page, history, notifications and a copied secret', async () => {
    const { webContents } = window()
    const digest = createHash('sha256').update('C1-secret').digest('hex')
    clipboard.text = 'C1-secret'
    const notification = { title: 'Due', body: 'A key', to: '/keys?key=12' }
    service().child.emit('message', { type: 'notify', notification })
    service().child.emit('message', { type: 'secret-copied', sha256: digest })
    void window().loadURL('app://register/keys?key=12&client=acme')
    const questions = recorded.questions
    service().child.emit('message', { type: 'locked' })
    const event = { preventDefault: vi.fn<() => void>() }
    webContents.emit('will-prevent-unload', event)
    expect([event.preventDefault.mock.calls.length, recorded.questions]).toEqual([1, questions])
    webContents.emit('did-finish-load')
    expect(service().sent).toEqual([{ type: 'place', to: '/keys?key=12&client=acme' }])
    expect(window().url).toBe('app://register/')
    expect(recorded.notifications.at(-1)?.isClosed).toBe(true)
    await vi.waitFor(() => expect([webContents.clears, clipboard.text]).toEqual([1, '']))
  })

  it('opens a window at the place that is named when there is none, as on macOS', () => {
    window().emit('closed')
    service().child.emit('message', {
      type: 'notify',
      notification: { title: 'Due', body: 'A key', to: '/keys?key=12' },
    })
    handler('notification-click')()
    expect(recorded.windows.map(({ url }) => url)).toEqual(['app://register/', 'app://register/keys?key=12'])
    expect(service().sent).toEqual([])
  })

  it('asks before a quit or the X loses what is not saved, and stays', () => {
    const [, second] = recorded.windows
    if (second === undefined) throw new Error('There is no second window.')
    second.webContents.isUnsaved = true
    recorded.answer = 0
    app.quit()
    second.close()
    expect([recorded.questions, service().sent, recorded.exit]).toEqual([2, [], null])
  })

  it('closes the register before it quits, whatever is asked meanwhile', async () => {
    recorded.answer = 1
    app.quit()
    app.quit()
    app.emit('second-instance')
    expect(recorded.questions).toBe(3)
    expect(recorded.windows).toHaveLength(2)
    expect(service().sent).toEqual([{ type: 'close' }])
    expect(recorded.exit).toBeNull()
    service().child.emit('message', { type: 'closed' })
    service().child.emit('exit', 0)
    await vi.waitFor(() => expect(recorded.exit).toBe(0))
    expect(recorded.errorBoxes).toEqual([])
  })
})

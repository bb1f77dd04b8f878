import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { filesUnder } from '../../../../build/freshness.mjs'
import { openChromiumShell, type ChromiumShell } from '../../../../electron/shell/chromium/shell.ts'
import { findBrowser } from '../../../../electron/shell/chromium/find.ts'

const here = import.meta.dirname
/** The caller that the trial page leaves on its window. */
type Caller = Record<string, (input?: unknown) => Promise<unknown>>

let folder: string
let shell: ChromiumShell

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-shell-'))
  await build({
    root: join(here, 'parts/page'),
    configFile: false,
    logLevel: 'error',
    build: { outDir: join(folder, 'renderer'), modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  })
  shell = await open('profile')
})

afterAll(async () => {
  await shell.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(profile: string): Promise<ChromiumShell> {
  const browser = await findBrowser()
  if (browser === null) throw new Error('These tests need Chromium, Chrome or Edge. Run: npm run setup')
  return openChromiumShell({
    profile: join(folder, profile),
    parts: { renderer: join(folder, 'renderer'), service: join(here, 'parts/echo-service.ts') },
    browser,
    headless: true,
  })
}

async function joined(): Promise<void> {
  await shell.page.waitForFunction(() => document.querySelector('#state')?.textContent === 'joined')
}

async function call(operation: string, input?: unknown): Promise<unknown> {
  return shell.page.evaluate(
    ([name, value]) => (window as unknown as { api: Caller }).api[name as string]!(value),
    [operation, input],
  )
}

describe('the channel between a page and the service', () => {
  it('carries calls, and errors with their data', async () => {
    await joined()
    expect(await call('profile')).toBe(join(folder, 'profile'))
    expect(await call('echo', { text: 'Ünïcode 🎉 \u202E', list: [1, null, true] })).toEqual({
      text: 'Ünïcode 🎉 \u202E',
      list: [1, null, true],
    })
    const error = await shell.page.evaluate(() =>
      (window as unknown as { api: Caller }).api['refuse']!().catch((error: unknown) => ({
        code: (error as { code: string }).code,
        data: (error as { data: unknown }).data,
      })),
    )
    expect(error).toEqual({ code: 'CONFLICT', data: { hint: 'Look again.' } })
  })

  it('keeps the order of many concurrent messages', async () => {
    await joined()
    const answered = await shell.page.evaluate(async () => {
      const { api } = window as unknown as { api: Caller }
      const order: number[] = []
      await Promise.all(
        Array.from({ length: 2000 }, (_, at) => api['echo']!(at).then((value) => order.push(value as number))),
      )
      return order
    })
    expect(answered).toEqual(Array.from({ length: 2000 }, (_, at) => at))
  })

  it('carries progress as it happens, whole and in order', async () => {
    const counted = await shell.page.evaluate(async () => {
      const { api } = window as unknown as { api: Caller }
      const seen: number[] = []
      for await (const step of (await api['count']!(200)) as AsyncIterable<number>) seen.push(step)
      return seen
    })
    expect(counted).toEqual(Array.from({ length: 200 }, (_, at) => at))
  })

  it('carries 5 MB of bytes there and back unchanged', async () => {
    const result = await shell.page.evaluate(async () => {
      const { api } = window as unknown as { api: Caller }
      const bytes = Uint8Array.from({ length: 5_000_000 }, (_, at) => at % 256)
      const there = (await api['size']!(bytes)) as { bytes: number; sum: number }
      const back = (await api['make']!(5_000_000)) as Uint8Array
      const file = (await api['echo']!(new File([bytes], 'people ü.csv', { type: 'text/csv' }))) as File
      return {
        there,
        sum: bytes.reduce((sum, byte) => (sum + byte) % 65_521, 0),
        back: back.length,
        isBytes: back instanceof Uint8Array,
        last: back.at(-1),
        file: [file.name, file.size, file.type],
      }
    })
    expect(result.there).toEqual({ bytes: 5_000_000, sum: result.sum })
    expect(result).toMatchObject({ back: 5_000_000, isBytes: true, last: (5_000_000 - 1) % 251 })
    expect(result.file).toEqual(['people ü.csv', 5_000_000, 'text/csv'])
  })

  it('is made again when the page reloads', async () => {
    await call('echo', 1)
    await shell.page.reload()
    await joined()
    expect(await call('echo', 2)).toBe(2)
  })

  it('answers every hello, and keeps the ports given before', async () => {
    await joined()
    const answered = await shell.page.evaluate(async () => {
      const first = (window as unknown as { api: Caller }).api
      const again = new Promise((resolve) =>
        window.addEventListener('message', (event) => event.ports[0] && resolve(0)),
      )
      window.postMessage('castellan:hello', location.origin)
      await again
      const second = (window as unknown as { api: Caller }).api
      return [first !== second, await first['echo']!('first'), await second['echo']!('second')]
    })
    expect(answered).toEqual([true, 'first', 'second'])
  })

  it('leaves the page no other way to the shell', async () => {
    const names = await shell.page.evaluate(() =>
      Object.getOwnPropertyNames(window).filter((name) =>
        /castellan|playwright|^require$|^process$|^electron/iu.test(name),
      ),
    )
    // One function, which only delivers what the service sent to this load; the way out was taken off the window.
    expect(names.filter((name) => !name.startsWith('__playwright'))).toEqual([
      expect.stringMatching(/^castellan_[0-9a-f]{24}$/u),
    ])
    expect(await shell.page.evaluate(() => typeof (globalThis as { process?: unknown }).process)).toBe('undefined')
  })
})

describe('the desktop', () => {
  it('shows the title that the service sets, also after a reload', async () => {
    await call('title', 'Castellan — Acme Corp')
    await expect.poll(() => shell.page.title()).toBe('Castellan — Acme Corp')
    await shell.page.reload()
    await expect.poll(() => shell.page.title()).toBe('Castellan — Acme Corp')
    await joined()
  })

  it('asks where to save in a page that the window cannot reach, and asks before a file is replaced', async () => {
    const target = join(folder, 'register.md')
    await writeFile(target, 'before')
    const asked = shell.page.context().waitForEvent('page')
    const answer = call('save')
    const form = await asked
    await form.getByLabel(/^File/u).fill('register.md')
    expect(await form.getByLabel(/^File/u).evaluate(() => location.origin)).not.toBe(new URL(shell.page.url()).origin)
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('Write the full path').waitFor()
    await form.getByLabel(/^File/u).fill(target)
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('A file with this name already exists.').waitFor()
    await form.getByRole('button', { name: 'Replace the file' }).click()
    expect(await answer).toEqual({ outcome: 'chosen', path: target })
    await expect.poll(() => form.isClosed()).toBe(true)
    expect(await readFile(target, 'utf8')).toBe('before')
  })

  it('takes a closed or a second dialog as no answer to the first', async () => {
    const first = shell.page.context().waitForEvent('page')
    const one = call('save')
    await (await first).getByRole('button', { name: 'Save' }).waitFor()
    const second = shell.page.context().waitForEvent('page')
    const two = call('save')
    expect(await one).toEqual({ outcome: 'cancelled' })
    await (await second).close()
    expect(await two).toEqual({ outcome: 'cancelled' })
  })

  it('shows a notification whose click opens its place in the window', async () => {
    await shell.page.evaluate(() => {
      const shown: Notification[] = []
      const Original = window.Notification
      Object.assign(window, {
        shown,
        Notification: class extends Original {
          constructor(title: string, options?: NotificationOptions) {
            super(title, options)
            shown.push(this)
          }
        },
      })
    })
    expect(await shell.page.evaluate(() => Notification.permission)).toBe('granted')
    await call('notify')
    const title = await shell.page.waitForFunction(() => {
      const [first] = (window as unknown as { shown: Notification[] }).shown
      if (first === undefined) return null
      first.dispatchEvent(new Event('click'))
      return first.title
    })
    expect(await title.jsonValue()).toBe('Due')
    await expect.poll(() => call('places')).toEqual(['/keys?key=12'])
  })
})

describe('what the page may load', () => {
  it('runs no inline script and no inline handler', async () => {
    await joined()
    expect(
      await shell.page.evaluate(() => [
        (window as { inlineRan?: boolean }).inlineRan ?? false,
        (window as { handlerRan?: boolean }).handlerRan ?? false,
      ]),
    ).toEqual([false, false])
  })

  it('evaluates no text', async () => {
    const evaluated = await shell.page.addScriptTag({ content: 'window.added = true' }).then(
      () => true,
      () => false,
    )
    expect(evaluated && (await shell.page.evaluate(() => (window as { added?: boolean }).added === true))).toBe(false)
  })

  it('takes a style element with the nonce of this load only', async () => {
    const colours = await shell.page.evaluate(() => {
      const nonce = document.querySelector<HTMLMetaElement>('meta[name="castellan-style-nonce"]')?.content ?? ''
      const colourWith = (value: string, colour: string): string => {
        const style = document.createElement('style')
        style.nonce = value
        style.textContent = `#state { color: ${colour} }`
        document.head.append(style)
        const state = document.querySelector('#state')
        return state === null ? '' : getComputedStyle(state).color
      }
      return { nonce, none: colourWith('', 'rgb(1, 2, 3)'), ours: colourWith(nonce, 'rgb(4, 5, 6)') }
    })
    expect(colours.nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/u)
    expect(colours.none).not.toBe('rgb(1, 2, 3)')
    expect(colours.ours).toBe('rgb(4, 5, 6)')
    await shell.page.reload()
    const next = await shell.page.evaluate(
      () => document.querySelector<HTMLMetaElement>('meta[name="castellan-style-nonce"]')?.content,
    )
    expect(next).not.toBe(colours.nonce)
    await joined()
  })

  it('reaches nothing outside', async () => {
    const reached = await shell.page.evaluate(async () => {
      const settled = async (promise: Promise<unknown>): Promise<boolean> =>
        promise.then(
          () => true,
          () => false,
        )
      const image = (source: string): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const element = new Image()
          element.addEventListener('load', resolve)
          element.addEventListener('error', reject)
          element.src = source
        })
      const socket = (): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const element = new WebSocket('wss://127.0.0.1:1/')
          element.addEventListener('open', resolve)
          element.addEventListener('error', reject)
          element.addEventListener('close', reject)
        })
      return {
        fetch: await settled(fetch('https://example.com/')),
        loopback: await settled(fetch('http://127.0.0.1:9/')),
        image: await settled(image('https://example.com/a.png')),
        socket: await settled(socket()),
        file: await settled(fetch('file:///etc/passwd')),
        post: await fetch('/index.html', { method: 'POST' }).then((answer) => answer.status),
        outside: await fetch('/..%2f..%2f..%2fetc%2fpasswd').then((answer) => answer.status),
      }
    })
    expect(reached).toEqual({
      fetch: false,
      loopback: false,
      image: false,
      socket: false,
      file: false,
      post: 405,
      outside: 403,
    })
  })

  it('opens no second window', async () => {
    await shell.page.evaluate(() => void window.open('https://castellan.invalid/', '_blank'))
    await expect.poll(() => shell.page.context().pages().length).toBe(1)
  })
})

describe('opening and closing', () => {
  it('reports why the register cannot be opened, and starts no browser', async () => {
    await expect(open('held')).rejects.toMatchObject({
      name: 'ServiceFailed',
      message: 'The profile is held by pid 1.',
      hint: 'Close it.',
    })
    expect(existsSync(join(folder, 'held'))).toBe(false)
  })

  it('ends with its window, and has stored nothing that was typed or viewed', async () => {
    const other = await open('other')
    await other.page.waitForFunction(() => document.querySelector('#state')?.textContent === 'joined')
    await other.page.evaluate(() => {
      history.pushState(null, '', '/people?q=ada.lovelace@acme.example')
      document.title = 'Castellan — Acme Corp'
      localStorage.setItem('columns', 'kept')
    })
    await other.page.reload()
    await other.page.close()
    expect(await other.closed).toBe(true)
    const browser = join(folder, 'other/chromium')
    const preferences = JSON.parse(await readFile(join(browser, 'Default/Preferences'), 'utf8')) as {
      credentials_enable_service: boolean
      profile: { password_manager_enabled: boolean }
    }
    expect(preferences.credentials_enable_service).toBe(false)
    expect(preferences.profile.password_manager_enabled).toBe(false)
    const holding = (text: string): readonly string[] =>
      filesUnder(browser, '.').filter((file) => readFileSync(join(browser, file)).includes(text))
    expect(holding('lovelace')).toEqual([])
    expect(holding('columns')).not.toEqual([])
  })

  it('opens again on what the window itself kept', async () => {
    const other = await open('other')
    const kept = await other.page.evaluate(() => localStorage.getItem('columns'))
    await other.close()
    expect(kept).toBe('kept')
  })
})

import { fork } from 'node:child_process'
import { join, resolve } from 'node:path'
import { once } from 'node:events'

import { type Browser, chromium, type Page } from 'playwright-core'

import { findBrowser } from '../../../electron/shell/chromium/find.ts'
import type * as Electron from './electron.ts'
import { NO_BUS } from './no-bus.ts'
import { environmentFor, type SetUp, type Reported } from './set-up.ts'

const root = resolve(import.meta.dirname, '../../..')

/** The argument of a test's function: Electron's module, real or emulated, with the records of the stand-in. */
export type Module = typeof Electron

export interface StandInOptions extends Partial<Omit<SetUp, 'browser'>> {
  /** The home of the person: a folder of the test. */
  readonly home: string
  readonly env?: NodeJS.ProcessEnv
  /** The title of the test, for the list of what each exercises. */
  readonly test?: string
}

/** The application, running on the stand-in. */
export interface StandIn {
  readonly pid: number
  /** Runs a function in the main process, on Electron's module and a value, as Playwright's `ElectronApplication` does. */
  evaluate<Value, Result>(run: (electron: Module, value: Value) => Result, value?: Value): Promise<Awaited<Result>>
  /** The page of the first window that is open. */
  firstWindow(): Promise<Page>
  /** Resolves when the application has ended, with its exit code; null after a signal. */
  readonly ended: Promise<number | null>
  /** What it wrote to its error stream. */
  said(): string
  /** The titles and texts of its error boxes, also after its end. */
  boxes(): string
  /** What it wrote to its output. */
  printed(): string
  kill(signal?: NodeJS.Signals): void
  /** Quits, as a person does. */
  close(): Promise<void>
}

const PATIENCE_MS = 60_000

/** Starts the built application on the stand-in. */
export async function startStandIn({ home, env, test = '', ...options }: StandInOptions): Promise<StandIn> {
  const browser = await findBrowser()
  if (browser === null) throw new Error('The stand-in for Electron needs Chromium, Chrome or Edge. Run: npm run setup')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const setUp: SetUp = {
    browser,
    root: options.root ?? root,
    home,
    platform: options.platform ?? 'linux',
    isPackaged: options.isPackaged ?? false,
    isPreloadMissing: options.isPreloadMissing ?? false,
    hasTray: options.hasTray ?? options.platform !== undefined,
    hasNotifications: options.hasNotifications ?? true,
    args: [...sandbox, ...(options.args ?? [])],
  }
  const child = fork(join(setUp.root, 'out/main/main.js'), [], {
    execArgv: ['--import', join(import.meta.dirname, 'hook.ts')],
    env: { ...process.env, ...NO_BUS, ...env, ...environmentFor(setUp), STAND_IN_TEST: test },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const address = Promise.withResolvers<string>()
  const answers = new Map<number, PromiseWithResolvers<unknown>>()
  let said = ''
  let printed = ''
  let boxes = ''
  let asked = 0
  let attached: Promise<Browser> | null = null
  child.stdout?.on('data', (data: Buffer) => (printed += data.toString('utf8')))
  child.stderr?.on('data', (data: Buffer) => (said += data.toString('utf8')))
  child.on('message', (reported: Reported) => {
    if (reported.type === 'browser') return address.resolve(reported.address)
    if (reported.type === 'error-box') return void (boxes += reported.text)
    const waiting = answers.get(reported.id)
    answers.delete(reported.id)
    if (reported.error === undefined) waiting?.resolve(reported.value)
    else waiting?.reject(new Error(reported.error))
  })
  const ended = once(child, 'exit').then(([code]) => {
    const removed = new Error(`The application ended with ${String(code)}: ${said}`)
    address.reject(removed)
    for (const waiting of answers.values()) waiting.reject(removed)
    return code as number | null
  })
  address.promise.catch(() => undefined)

  const evaluate: StandIn['evaluate'] = async (run, value) => {
    if (!child.connected) throw new Error(`The application has ended. ${said}`)
    asked += 1
    const answer = Promise.withResolvers<unknown>()
    answers.set(asked, answer)
    child.send({ id: asked, source: run.toString(), value })
    return (await answer.promise) as never
  }
  return {
    pid: child.pid as number,
    evaluate,
    ended,
    said: () => said,
    printed: () => printed,
    boxes: () => boxes,
    kill: (signal = 'SIGTERM') => void child.kill(signal),
    firstWindow: async () => {
      attached ??= chromium.connectOverCDP(await address.promise)
      const [context] = (await attached).contexts()
      if (context === undefined) throw new Error('The browser of the stand-in has no context.')
      // Whether a page may be left is asked of the main process; Playwright would answer it by itself.
      context.on('dialog', () => undefined)
      const isOpen = (page: Page): boolean => page.url().startsWith('https://register.app.invalid')
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
        const page = context.pages().find(isOpen)
        if (page !== undefined) return page
        await new Promise((settle) => setTimeout(settle, 20))
      }
      throw new Error(`No window opened within ${PATIENCE_MS / 1000} s. ${said}`)
    },
    close: async () => {
      await evaluate(({ app }) => app.quit()).catch(() => undefined)
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
      await ended
      clearTimeout(timer)
      await (await attached)?.close().catch(() => undefined)
    },
  }
}

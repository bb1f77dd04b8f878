import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { chromium, type BrowserContext } from 'playwright-core'

/**
 * Switches beside those of the library: nothing is looked up, fetched or sent. No name resolves, so that even a request
 * that the interception would miss reaches nobody.
 */
const SWITCHES = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-crash-reporter',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
]

const SIZE = { width: 1360, height: 860 }

export interface Launch {
  /** Path of the browser. */
  readonly browser: string
  /** Folder of the browser's own profile. */
  readonly folder: string
  readonly origin: string
  readonly headless: boolean
}

/**
 * Starts the browser with one window that shows the origin and has no address bar, led over a pipe: no port is opened.
 * Its sandbox is on, except for root, for whom the browser has none.
 */
export async function launchBrowser({ browser, folder, origin, headless }: Launch): Promise<BrowserContext> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const first = await keepNothingTyped(folder)
  return chromium.launchPersistentContext(folder, {
    executablePath: browser,
    headless,
    chromiumSandbox: process.getuid?.() !== 0,
    ignoreDefaultArgs: ['--enable-automation', '--disable-popup-blocking'],
    args: [
      ...SWITCHES,
      ...(first && !headless ? [`--window-size=${SIZE.width},${SIZE.height}`] : []),
      `--app=${origin}/`,
      // Root's browser has no sandbox and would say so on top of every page.
      ...(process.getuid?.() === 0 ? ['--test-type'] : []),
    ],
    viewport: headless ? SIZE : null,
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
    contrast: null,
    acceptDownloads: false,
    serviceWorkers: 'block',
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}

/** Whether a browser holds this folder, or died holding it. */
export async function isHeld(folder: string): Promise<boolean> {
  return lstat(join(folder, 'SingletonLock')).then(
    () => true,
    () => false,
  )
}

/**
 * Tells the browser to keep nothing that is typed: a credential entered in the window belongs in the keychain and
 * nowhere else. Returns true when the folder is new.
 */
async function keepNothingTyped(folder: string): Promise<boolean> {
  const path = join(folder, 'Default', 'Preferences')
  const text = await readFile(path, 'utf8').catch(() => null)
  const kept = text === null ? {} : objectIn(text)
  const preferences = {
    ...kept,
    credentials_enable_service: false,
    credentials_enable_autosignin: false,
    profile: { ...objectOf(kept['profile']), password_manager_enabled: false, exit_type: 'Normal' },
    autofill: { ...objectOf(kept['autofill']), profile_enabled: false, credit_card_enabled: false },
    translate: { ...objectOf(kept['translate']), enabled: false },
    search: { ...objectOf(kept['search']), suggest_enabled: false },
  }
  await mkdir(join(folder, 'Default'), { recursive: true, mode: 0o700 })
  await writeFile(path, JSON.stringify(preferences))
  return text === null
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return {}
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

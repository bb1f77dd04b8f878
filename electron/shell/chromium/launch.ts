import { chromium, errors, type BrowserContext } from 'playwright-core'

import { prepareFolder } from './browser-folder.ts'

/**
 * Switches in addition to those of the library: nothing is looked up, fetched or sent. No name resolves, so that even a
 * request that the interception missed reaches no server.
 */
export const SWITCHES: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-crash-reporter',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
]

/**
 * Nothing answers at the origin before the shell does, so a browser that opens it immediately first shows its error
 * page. When that page appears while the library attaches, the library never sees it, and the browser is started again.
 * A start takes a second or two on an idle machine.
 */
const START_MS = 60_000
const STARTS = 3

const SIZE = { width: 1360, height: 860 }

export interface Launch {
  readonly browser: string
  /** Folder of the browser's own profile. */
  readonly folder: string
  /** The page until the shell is attached: an address that the browser answers itself. */
  readonly firstPage: string
  readonly headless: boolean
  /** How long a start may take, in milliseconds, before it is tried again. */
  readonly startMs?: number
}

/**
 * Starts the browser with one window that shows the origin and has no address bar, controlled over a pipe: no port is
 * opened. Its sandbox is on, except for root, for whom the browser has none.
 */
export async function launchBrowser(launch: Launch): Promise<BrowserContext> {
  for (let start = 1; ; start += 1) {
    try {
      return await launchOnce(launch)
    } catch (error) {
      if (start === STARTS || !(error instanceof errors.TimeoutError)) throw error
    }
  }
}

async function launchOnce({
  browser,
  folder,
  firstPage,
  headless,
  startMs = START_MS,
}: Launch): Promise<BrowserContext> {
  const { placed } = await prepareFolder(folder)
  return chromium.launchPersistentContext(folder, {
    timeout: startMs,
    executablePath: browser,
    headless,
    chromiumSandbox: process.getuid?.() !== 0,
    ignoreDefaultArgs: ['--enable-automation', '--disable-popup-blocking'],
    args: [
      ...SWITCHES,
      ...(!placed && !headless ? [`--window-size=${SIZE.width},${SIZE.height}`] : []),
      `--app=${firstPage}`,
      // Root's browser has no sandbox and would show a warning on every page.
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

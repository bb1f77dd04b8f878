import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Page, BrowserContext } from 'playwright-core'

import { bridge, type Bridge } from './bridge.ts'
import { readChosenFile } from './chosen-file.ts'
import { forget } from './browser-folder.ts'
import { makeFirstPage } from './first-page.ts'
import { setPageTitle, emptyClipboard, readClipboard } from './page-script.ts'
import { newSaveDialog, type SaveDialog } from './save-dialog.ts'
import { startWorker } from './worker-channel.ts'
import { newIdleClock, watchIdle } from '../idle.ts'
import { getBusAddresses, watchLinuxDesktop } from '../linux/desktop.ts'
import { CHROMIUM_ORIGIN, isOurs, placeIn } from '../origin.ts'
import { suggestedPath } from '../save-path.ts'
import { describeBrowserSandbox } from '../sandbox.ts'
import { newSecretClipboard, type SecretClipboard, type Clipboard } from '../secret-clipboard.ts'
import { linkService, type ServiceLink } from '../service-link.ts'
import type { Parts } from '../shell.ts'
import { answerPage } from '../pages.ts'

export interface ChromiumShellOptions {
  /** The data folder. The browser's own profile is in its `chromium` folder. */
  readonly profile: string
  readonly parts: Parts
  readonly browser: string
  readonly headless?: boolean
}

export interface ChromiumShell {
  readonly page: Page
  /** Resolves when the window and the register are closed; false when the service ended by itself. */
  readonly closed: Promise<boolean>
  close(): Promise<void>
}

/**
 * Opens the window in an installed browser, with the service in a thread of this process. Throws `ServiceFailed` when
 * the register cannot be opened, and the browser's own error when it does not start.
 */
export async function openChromiumShell(options: ChromiumShellOptions): Promise<ChromiumShell> {
  const folder = join(options.profile, 'chromium')
  const window: { page?: Page; bridge?: Bridge; dialog?: SaveDialog; secrets?: SecretClipboard; title: string } = {
    title: 'Castellan',
  }
  const showTitle = (): void => {
    window.page?.evaluate(setPageTitle, window.title).catch(() => undefined)
  }

  const service = linkService(
    startWorker(options.parts.service),
    {
      notify: (notification) => void window.bridge?.notify(notification),
      saveTarget: async (question) =>
        window.dialog?.ask(question, suggestedPath(question.suggestedName)) ?? { outcome: 'cancelled' },
      openTarget: async () => (window.page === undefined ? { outcome: 'cancelled' } : readChosenFile(window.page)),
      setTitle: (title) => {
        window.title = title
        showTitle()
      },
      closeView: () => {
        window.dialog?.cancel()
        return window.page === undefined ? null : closePageView(window.page, CHROMIUM_ORIGIN, window.secrets)
      },
      secretCopied: (sha256) => window.secrets?.copied(sha256),
      setDue: () => undefined,
      printPdf: async (html) => {
        const { printPdf } = await import('./print.ts')
        return printPdf(options.browser, html)
      },
      // Closing the window ends the program; only the desktop application starts at login.
      applyPreferences: () => undefined,
    },
    { profile: options.profile, shell: 'chromium' },
  )

  // The driver is loaded while the service starts. Its lock shows who uses the profile, and two browsers on one folder
  // would disturb each other; the register is opened while the browser starts.
  const driver = import('./launch.ts')
  const context = await orClosed(service, async () => {
    const [{ launchBrowser }, firstPage] = await Promise.all([driver, makeFirstPage(options.parts.renderer)])
    await service.held
    const { browser, headless = false } = options
    return launchBrowser({ browser, folder, firstPage, headless })
  })

  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  window.page = page
  window.secrets = newSecretClipboard(pageClipboard(context, page, CHROMIUM_ORIGIN))
  service.describeSandbox(describeBrowserSandbox(process.getuid?.() === 0))
  const machine = watchMachine(service)
  const closed = Promise.withResolvers<boolean>()
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    closing ??= (async () => {
      void machine.close()
      await window.secrets?.clearNow()
      await service.close()
      window.bridge?.close()
      await context.close().catch(() => undefined)
      // The remains of a killed browser are removed before the next one starts.
      await forget(folder).catch(() => undefined)
      closed.resolve(await service.ended)
    })()
    return closing
  }
  page.on('close', () => void close())
  page.on('crash', () => void close())
  context.on('close', () => void close())
  void service.ended.then(close)
  const dialog = newSaveDialog(context)
  window.dialog = dialog
  // One window: a second one (Ctrl+N) would be an empty browser.
  context.on('page', (other) => void (dialog.isOpening() ? null : other.close().catch(() => undefined)))
  page.on('load', showTitle)

  await orClosed({ close }, async () => {
    await context.grantPermissions(PERMISSIONS, { origin: CHROMIUM_ORIGIN })
    await servePages(context, CHROMIUM_ORIGIN, options.parts.renderer)
    window.bridge = await bridge(context, page, CHROMIUM_ORIGIN, {
      connect: (port) => service.connect(port),
      open: (to) => service.navigate(to),
      used: () => machine.used(),
    })

    await page.goto(`${CHROMIUM_ORIGIN}/`, { waitUntil: 'commit' })
    await service.ready
  })

  return { page, closed: closed.promise, close }
}

interface Machine {
  /** The window is used. */
  used(): void
  close(): Promise<void>
}

/** Reports to the service what a desktop of Linux reports over D-Bus; elsewhere, only how long the window is not used. */
function watchMachine(service: Pick<ServiceLink<never>, 'idle' | 'away' | 'describeLock'>): Machine {
  const described = (sentence: string): void => service.describeLock(sentence)
  if (process.platform !== 'linux')
    described('A locked screen and sleep are not reported to a browser. Time without use is counted in this window.')
  const desktop =
    process.platform === 'linux'
      ? watchLinuxDesktop({ away: () => service.away(), described }, getBusAddresses(process.env))
      : null
  const clock = newIdleClock(async () => desktop?.idleSeconds() ?? null)
  const stop = watchIdle(service, () => clock.seconds())
  return {
    used: () => clock.used(),
    close: async () => {
      stop()
      await desktop?.close()
    },
  }
}

/** Does the work; when it fails, closes everything before it throws. */
async function orClosed<T>(open: { close(): Promise<void> }, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await open.close()
    throw error
  }
}

/** Answers the window's requests from the built pages, and refuses every other request of any kind. */
async function servePages(context: BrowserContext, origin: string, root: string): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request()
    if (!isOurs(request.url(), origin)) {
      await route.abort('blockedbyclient').catch(() => undefined)
      return
    }

    const answer = await answerPage(root, origin, request.method(), request.url())
    // The page may be closed by the time the file is read.
    await route.fulfill(answer).catch(() => undefined)
  })
  await context.routeWebSocket(/.*/u, (socket) => void socket.close({ code: 1008 }))
}

/**
 * The permissions of the window's pages at any time: granting any permission makes a browser refuse all others, copying
 * too.
 */
const PERMISSIONS = ['notifications', 'clipboard-write']

/**
 * The clipboard through the window's page, which may read it only during this call: no script of the window ever has
 * that permission.
 */
function pageClipboard(context: BrowserContext, page: Page, origin: string): Clipboard {
  const permitted = async <T>(work: () => Promise<T>): Promise<T> => {
    await context.grantPermissions([...PERMISSIONS, 'clipboard-read'], { origin })
    try {
      return await work()
    } finally {
      await context.clearPermissions()
      await context.grantPermissions(PERMISSIONS, { origin })
    }
  }
  return {
    read: () => permitted(() => page.evaluate(readClipboard)).catch(() => null),
    clear: () => permitted(() => page.evaluate(emptyClipboard)).catch(() => undefined),
  }
}

/** The wait for a page that does not answer, in milliseconds. */
const PATIENCE_MS = 2000

/**
 * Clears a copied secret through the page and loads the page from its start, without a way back in its history. Returns
 * the place that it showed.
 */
function closePageView(page: Page, origin: string, secrets: SecretClipboard | undefined): string | null {
  const place = placeIn(page.url(), origin)
  const close = async (): Promise<void> => {
    await Promise.race([secrets?.clearNow(), sleep(PATIENCE_MS, undefined, { ref: false })])
    await page.goto(`${origin}/`, { waitUntil: 'commit' })
    const session = await page.context().newCDPSession(page)
    await session.send('Page.resetNavigationHistory')
    await session.detach()
  }
  // A closed page shows nothing.
  void close().catch(() => undefined)
  return place
}

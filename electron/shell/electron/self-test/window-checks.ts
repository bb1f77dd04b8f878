import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { BrowserWindow, type WebPreferences } from 'electron'

import { counted } from '../../../../shared/domain/counted.ts'
import { ELECTRON_ORIGIN } from '../../origin.ts'
import type { Checks } from '../../self-test/checks.ts'
import { webPreferences } from '../../web-preferences.ts'
import { findFile, listNames, readPage, waitForFirstScreen } from './page-script.ts'

/** The application's window that was just opened, and what is known of its loading. */
export interface OpeningWindow {
  readonly window: BrowserWindow
  readonly loaded: Promise<void>
  /** Rejects when the preload script fails or the process of the page ends. */
  readonly broken: Promise<never>
}

/** Follows a window from its opening on. */
export function followWindow(window: BrowserWindow): OpeningWindow {
  const loaded = Promise.withResolvers<void>()
  window.webContents.once('did-finish-load', () => loaded.resolve())
  return { window, loaded: loaded.promise, broken: watchForFailure(window) }
}

/** Checks what the page of the application's window can and cannot do. */
export async function checkWindow(
  checks: Checks,
  { window, loaded, broken }: OpeningWindow,
  preload: string,
): Promise<void> {
  await checks.run('window', async () => {
    await Promise.race([Promise.all([loaded, untilVisible(window)]), broken])
    const { width, height } = window.getNormalBounds()
    return `${window.webContents.getURL()} was loaded with its preload script and is shown, ${width} × ${height}`
  })
  await checks.run(
    'first screen',
    async () => {
      const title = await Promise.race([run<string>(window, waitForFirstScreen), broken])
      return `“${title}”, after an answer of the service over the window's port`
    },
    ['window', 'service'],
  )
  await checkPage(checks, window)
  await checks.run('preload', () => compareNames(window, preload), ['first screen'])
}

/** Checks what the page draws, and keeps it in a folder where one is given. */
export async function checkPicture(checks: Checks, window: BrowserWindow, folder: string | null): Promise<void> {
  await checks.run(
    'picture',
    async () => {
      const image = await window.webContents.capturePage()
      if (image.isEmpty()) throw new Error('The window draws nothing.')
      const png = image.toPNG()
      if (folder !== null) writeFileSync(join(folder, 'window.png'), png)
      return `${counted(png.length, 'byte')} of the window as PNG${folder === null ? '' : ', kept as window.png'}`
    },
    ['first screen'],
  )
}

async function untilVisible(window: BrowserWindow): Promise<void> {
  while (!window.isDestroyed() && !window.isVisible()) await new Promise((settle) => setTimeout(settle, 20))
}

async function checkPage(checks: Checks, window: BrowserWindow): Promise<void> {
  let page: Awaited<ReturnType<typeof readPage>> | null = null
  const read = async () => (page ??= await run<NonNullable<typeof page>>(window, readPage))
  const needs = ['first screen']
  await checks.run(
    'content policy',
    async () => {
      const { inline, reachesNetwork, secure } = await read()
      if (inline.ran || inline.rule === 'none') throw new Error('An inline script was not blocked.')
      if (reachesNetwork) throw new Error('The page reached another address.')
      if (!secure) throw new Error('The page is not a secure origin.')
      return `${inline.rule} blocked an inline script, and no other address is reachable`
    },
    needs,
  )
  await checks.run(
    'module scripts and fonts',
    async () => {
      const { modules, fonts, headingWidth } = await read()
      if (modules === 0) throw new Error('The page has no module script.')
      if (fonts.failed > 0) throw new Error(`Not loaded: ${counted(fonts.failed, 'font')}.`)
      if (headingWidth === 0) throw new Error('The heading has no width, so no font renders it.')
      return `${counted(modules, 'module script')}, ${counted(fonts.loaded, 'font')} of the page, heading ${Math.round(headingWidth)} px wide`
    },
    needs,
  )
  await checks.run(
    'local storage',
    async () => {
      if (!(await read()).keepsItems) throw new Error('An item was not returned.')
      return 'an item was set, read back and removed'
    },
    needs,
  )
}

/** Compares the global names in our window with and without the preload script, and in a file without scripts. */
async function compareNames(window: BrowserWindow, preload: string): Promise<string> {
  const { exposed } = await run<{ readonly exposed: readonly string[] }>(window, readPage)
  const file = `${ELECTRON_ORIGIN}${await run<string>(window, findFile)}`
  const { preload: _, ...bare } = webPreferences(preload, false)
  const known = new Set(await namesIn(bare, file))
  const added = (await namesIn(webPreferences(preload, false), file)).filter((name) => !known.has(name))
  const found = [...new Set([...exposed, ...added])]
  if (found.length > 0) throw new Error(`The page finds ${found.join(', ')}.`)
  return `none of the ${counted(known.size, 'name')} in the page is Electron's or Node's`
}

async function namesIn(preferences: WebPreferences, address: string): Promise<readonly string[]> {
  const window = new BrowserWindow({ show: false, webPreferences: preferences })
  try {
    await window.loadURL(address)
    return await run<readonly string[]>(window, listNames)
  } finally {
    window.destroy()
  }
}

function run<T>(window: BrowserWindow, script: () => unknown): Promise<T> {
  return window.webContents.executeJavaScript(`(${script.toString()})()`) as Promise<T>
}

/** Rejects when the preload script fails or the process of the page ends. */
function watchForFailure({ webContents }: BrowserWindow): Promise<never> {
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => undefined)
  webContents.on('preload-error', (_event, _path, error) =>
    failed.reject(new Error(`The preload script failed: ${error.message}`)),
  )
  webContents.on('render-process-gone', (_event, { reason }) =>
    failed.reject(new Error(`The process of the page ended (${reason}).`)),
  )
  return failed.promise
}

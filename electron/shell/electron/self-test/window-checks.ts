import { BrowserWindow, ipcMain, MessageChannelMain, type MessagePortMain, type WebPreferences } from 'electron'

import { counted } from '../../../../shared/domain/counted.ts'
import { ELECTRON_ORIGIN } from '../../origin.ts'
import type { Checks } from '../../self-test/checks.ts'
import { isOurPage } from '../../sender.ts'
import { webPreferences } from '../../web-preferences.ts'
import { findFile, listNames, readPage, waitForFirstScreen } from './page-script.ts'

/** Opens the pages in a hidden window, as the application's window shows them, and checks what they can and cannot do. */
export async function checkWindow(
  checks: Checks,
  preload: string,
  connect: (port: MessagePortMain) => void,
): Promise<BrowserWindow> {
  ipcMain.on('castellan:connect', (event) => {
    if (!isOurPage(event, ELECTRON_ORIGIN)) return
    const { port1, port2 } = new MessageChannelMain()
    connect(port1)
    event.senderFrame?.postMessage('castellan:port', null, [port2])
  })
  const window = new BrowserWindow({
    show: false,
    width: 1360,
    height: 860,
    webPreferences: { ...webPreferences(preload, false), backgroundThrottling: false },
  })
  const broken = watchForFailure(window)
  await checks.run('window', async () => {
    await Promise.race([window.loadURL(`${ELECTRON_ORIGIN}/`), broken])
    return `${window.webContents.getURL()} was loaded with its preload script`
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
  return window
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

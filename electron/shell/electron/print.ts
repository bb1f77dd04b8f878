import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { BrowserWindow, session } from 'electron'

import type { PrintedPdf } from '../../../shared/contract/control.ts'

/**
 * Prints a page that needs nothing but itself as PDF, in a window that is never shown: without scripts, without Node, in
 * a session that keeps nothing and whose every request but the page itself is refused. The page lies in a file that only
 * this user may read until it is printed: an address could not hold a long one.
 */
export async function printInWindow(html: string): Promise<PrintedPdf> {
  const folder = await mkdtemp(join(tmpdir(), 'castellan-print-'))
  const file = join(folder, 'report.html')
  const page = pathToFileURL(file).href
  const apart = session.fromPartition('print', { cache: false })
  apart.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  apart.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: url !== page }))
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: apart,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
    },
  })
  try {
    await writeFile(file, html, { mode: 0o600 })
    await window.loadURL(page)
    const pdf = await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true })
    return { outcome: 'printed', pdf: new Uint8Array(pdf) }
  } finally {
    window.destroy()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { BrowserWindow, session, type Session } from 'electron'

import type { PrintedPdf } from '../../../shared/contract/control.ts'
import { SCHEME } from './protocol.ts'

/** The limit for a page that does not finish; reports of 50,000 rows take some seconds. */
const LIMIT_MS = 120_000

/** The pages that are being printed, by their addresses. They are client data, and are never in a file. */
const pages = new Map<string, string>()
let apart: Session | null = null

/**
 * Prints a self-contained page as PDF, in a window that is never shown: without scripts, without Node, in a session
 * that stores nothing and refuses every request except those for such pages.
 */
export async function printInWindow(html: string): Promise<PrintedPdf> {
  apart ??= sessionForPrinting()
  const address = `${SCHEME}://print/${randomUUID()}`
  pages.set(address, html)
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
    const printed = window
      .loadURL(address)
      .then(() =>
        window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true }),
      )
    // After the limit no caller waits for it any more.
    printed.catch(() => undefined)
    const pdf = await Promise.race([printed, sleep(LIMIT_MS, null, { ref: false })])
    return pdf === null
      ? { outcome: 'failed', reason: `The page was not printed within ${LIMIT_MS / 1000} seconds.` }
      : { outcome: 'printed', pdf: new Uint8Array(pdf) }
  } finally {
    pages.delete(address)
    window.destroy()
  }
}

function sessionForPrinting(): Session {
  const made = session.fromPartition('print', { cache: false })
  made.setPermissionCheckHandler(() => false)
  made.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  made.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !pages.has(url) }))
  made.protocol.handle(SCHEME, ({ url }) => {
    const html = pages.get(url)
    if (html === undefined) return new Response('', { status: 404 })
    const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return new Response(html, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    })
  })
  return made
}

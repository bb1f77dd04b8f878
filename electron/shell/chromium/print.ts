import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium } from 'playwright-core'

import type { PrintedPdf } from '../../../shared/contract/control.ts'
import { SWITCHES } from './launch.ts'

/** A report of a year of a large agency takes a few seconds. */
const PATIENCE_MS = 60_000

/**
 * Prints a self-contained page as PDF (A4, by its own print rules), in a separate browser with an empty profile,
 * without scripts and without a network. Both are removed when it returns.
 */
export async function printPdf(browser: string | null, html: string): Promise<PrintedPdf> {
  if (browser === null) {
    return { outcome: 'failed', reason: 'A PDF needs Chromium, Chrome or Edge to print it, and none was found.' }
  }
  const folder = await mkdtemp(join(tmpdir(), 'castellan-print-'))
  try {
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: browser,
      headless: true,
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...SWITCHES],
      javaScriptEnabled: false,
      offline: true,
      acceptDownloads: false,
      serviceWorkers: 'block',
      timeout: PATIENCE_MS,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
    try {
      const page = context.pages()[0] ?? (await context.newPage())
      await page.setContent(html, { timeout: PATIENCE_MS })
      return {
        outcome: 'printed',
        pdf: await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true }),
      }
    } finally {
      await context.close()
    }
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { outcome: 'failed', reason: `The browser ${browser} did not print the page: ${why}` }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined)
  }
}

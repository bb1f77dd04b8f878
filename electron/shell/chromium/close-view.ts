import { setTimeout as sleep } from 'node:timers/promises'

import type { Page } from 'playwright-core'

import { placeIn } from '../origin.ts'
import type { SecretClipboard } from '../secret-clipboard.ts'

/** A page that does not answer is left after this, in milliseconds. */
const PATIENCE_MS = 2000

/**
 * Clears a copied secret through the page and loads the page from its start, without a way back in its history. Returns
 * the place that it showed.
 */
export function closePageView(page: Page, origin: string, secrets: SecretClipboard | undefined): string | null {
  const place = placeIn(page.url(), origin)
  const close = async (): Promise<void> => {
    await Promise.race([secrets?.clearNow(), sleep(PATIENCE_MS, undefined, { ref: false })])
    await page.goto(`${origin}/`, { waitUntil: 'commit' })
    const session = await page.context().newCDPSession(page)
    await session.send('Page.resetNavigationHistory')
    await session.detach()
  }
  // A page that is gone shows nothing.
  void close().catch(() => undefined)
  return place
}

import type { BrowserContext, Page } from 'playwright-core'

import type { Clipboard } from '../secret-clipboard.ts'
import { emptyClipboard, readClipboard } from './page-script.ts'

/** What the window's pages may do at any time: a browser that is given any permission refuses all others, copying too. */
export const PERMISSIONS = ['notifications', 'clipboard-write']

/**
 * The clipboard through the window's page, which may read it for this one question only: no program of the window ever
 * has that permission.
 */
export function pageClipboard(context: BrowserContext, page: Page, origin: string): Clipboard {
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

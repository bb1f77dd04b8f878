import type { Page } from 'playwright-core'

import { FILE_INPUT_ID } from '../../../shared/contract/app.ts'
import type { OpenAnswer } from '../../../shared/contract/control.ts'

/**
 * The path of the file that a person chose in the browser's own dialog. A page does not learn it: the shell reads it over
 * the browser's pipe from the input that the window left on its page.
 */
export async function readChosenFile(page: Page): Promise<OpenAnswer> {
  const session = await page.context().newCDPSession(page)
  try {
    const expression = `document.getElementById('${FILE_INPUT_ID}')?.files?.[0]`
    const { result } = await session.send('Runtime.evaluate', { expression })
    if (result.objectId === undefined) return { outcome: 'cancelled' }
    const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId })
    return path === '' ? { outcome: 'cancelled' } : { outcome: 'chosen', path }
  } finally {
    await session.detach().catch(() => undefined)
  }
}

import { join } from 'node:path'

import { openChromiumShell } from '../../electron/shell/chromium/shell.ts'
import { findBrowser } from '../../electron/shell/chromium/find.ts'
import { pageDesktop } from './desktop.ts'
import type { Opened } from './fixtures.ts'

/** Opens the built window and the built service in the Chromium shell. */
export async function openChromium(root: string, profile: string, headless: boolean): Promise<Opened> {
  const browser = await findBrowser()
  if (browser === null) throw new Error('The window needs Chromium, Chrome or Edge. Run: npm run setup')
  const out = join(root, 'out')
  const shell = await openChromiumShell({
    profile,
    parts: { renderer: join(out, 'renderer'), service: join(out, 'node/service-worker.js') },
    browser,
    headless,
  })
  return { page: shell.page, application: null, desktop: pageDesktop(shell.page), close: () => shell.close() }
}

import type { BrowserContext } from 'playwright-core'

import { isOurs } from '../origin.ts'
import { answerPage } from '../pages.ts'

/** Answers the window's requests from the built pages, and refuses every other request of any kind. */
export async function servePages(context: BrowserContext, origin: string, root: string): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request()
    if (!isOurs(request.url(), origin)) {
      await route.abort('blockedbyclient').catch(() => undefined)
      return
    }
    const answer = await answerPage(root, origin, request.method(), request.url())
    // The page may be gone by the time the file is read.
    await route.fulfill(answer).catch(() => undefined)
  })
  await context.routeWebSocket(/.*/u, (socket) => void socket.close({ code: 1008 }))
}

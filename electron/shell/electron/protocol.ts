import { protocol, type Session } from 'electron'

import { ELECTRON_ORIGIN } from '../origin.ts'
import { answerPage } from '../pages.ts'

export const SCHEME = new URL(ELECTRON_ORIGIN).protocol.slice(0, -1)

/** Must run before the application is ready. The scheme is a separate secure origin, with its content policy. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the window's pages on a session. */
export function servePages(session: Session, root: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const answer = await answerPage(root, ELECTRON_ORIGIN, request.method, request.url)
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers })
  })
}

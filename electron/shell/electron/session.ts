import type { Session } from 'electron'

import { ELECTRON_ORIGIN, isOurs } from '../origin.ts'
import { mayUse } from '../permissions.ts'

/** What a page makes of its own data; its content policy says where that may be used. */
const LOCAL = ['data:', 'blob:']

/**
 * Closes a session: no permission but those in `mayUse`, no device, no request to anywhere but our own pages (the
 * window needs no network: the service makes the provider calls), no download. While `developing`, Electron's own tools
 * may load.
 */
export function lockSession(session: Session, developing: boolean): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(mayUse(permission, details.requestingUrl, ELECTRON_ORIGIN))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    mayUse(permission, requestingOrigin, ELECTRON_ORIGIN),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const local = LOCAL.some((scheme) => url.startsWith(scheme)) || (developing && url.startsWith('devtools:'))
    decide({ cancel: !local && !isOurs(url, ELECTRON_ORIGIN) })
  })
  session.on('will-download', (event) => event.preventDefault())
}

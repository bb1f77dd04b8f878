import type { Session } from 'electron'

import { ELECTRON_ORIGIN, isOurs } from '../origin.ts'
import { mayUse } from '../permissions.ts'

/**
 * Closes a session: no permission but those in `mayUse`, no device, no request to anywhere but our own pages (the
 * window needs no network: the service makes the provider calls), no download.
 */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(mayUse(permission, details.requestingUrl, ELECTRON_ORIGIN))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    mayUse(permission, requestingOrigin, ELECTRON_ORIGIN),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  session.webRequest.onBeforeRequest((details, decide) => {
    const local = details.url.startsWith('data:') || details.url.startsWith('blob:')
    decide({ cancel: !local && !isOurs(details.url, ELECTRON_ORIGIN) })
  })
  session.on('will-download', (event) => event.preventDefault())
}

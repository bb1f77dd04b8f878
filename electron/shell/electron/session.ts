import { type Session, app } from 'electron'

import { ELECTRON_ORIGIN, isOurs } from '../origin.ts'

/** Schemes of data that a page makes itself; its content policy limits where they may be used. */
const LOCAL = ['data:', 'blob:']

/**
 * Closes a session: no permission but those in `mayUse`, no device, no request except to our own pages (the window
 * needs no network: the service makes the provider calls), no download. While `developing`, Electron's own tools may
 * load.
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

/** Keeps every page on our origin: it cannot navigate elsewhere, open a window or embed another page. */
export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url, ELECTRON_ORIGIN)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isOurs(event.url, ELECTRON_ORIGIN)) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!isOurs(event.url, ELECTRON_ORIGIN)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/**
 * True if Electron grants a page a permission: only our own page, and only copying text. Electron would grant every
 * permission to every page. Notifications are shown by the shell itself, so the page needs none for them.
 */
function mayUse(permission: string, url: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(url, origin)
}

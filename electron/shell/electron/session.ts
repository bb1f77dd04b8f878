import { type Session, app } from 'electron'

import { ELECTRON_ORIGIN, isOurs } from '../origin.ts'

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

/** Holds every page to our origin: it goes nowhere else, opens no window and holds no other page. */
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
 * Whether Electron gives a page a permission: only our own page, and only that of copying text. Electron would give
 * every permission to every page. Notifications are shown by the shell itself, so the page needs none for them.
 */
function mayUse(permission: string, url: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(url, origin)
}

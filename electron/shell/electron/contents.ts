import { app } from 'electron'

import { ELECTRON_ORIGIN, isOurs } from '../origin.ts'

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

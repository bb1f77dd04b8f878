import type { BrowserWindow } from 'electron'

import { ELECTRON_ORIGIN, placeIn } from '../origin.ts'

/** Loads a window's page from its start, without a way back in its history. Returns the place that it showed. */
export function closeView(window: BrowserWindow): string | null {
  const { webContents } = window
  const place = placeIn(webContents.getURL(), ELECTRON_ORIGIN)
  void window
    .loadURL(`${ELECTRON_ORIGIN}/`)
    .then(() => webContents.navigationHistory.clear())
    .catch(() => undefined)
  return place
}

import type { BrowserWindow } from './browser-window.ts'

/** The windows that are open, in the order of their making, and the one in front. */
export const windows: { readonly open: Set<BrowserWindow>; focused: BrowserWindow | null } = {
  open: new Set(),
  focused: null,
}

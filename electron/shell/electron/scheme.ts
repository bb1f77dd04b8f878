import { nativeTheme, type BrowserWindow } from 'electron'

const SOURCES = { light: 'light', dark: 'dark', auto: 'system' } as const

/** Gives the frame and the first picture of a window the person's colour scheme. A stored value is whatever the file held. */
export function followScheme(scheme: unknown, window: BrowserWindow | null): void {
  const known = Object.entries(SOURCES).find(([name]) => name === scheme)?.[1] ?? 'system'
  nativeTheme.themeSource = known
  window?.setBackgroundColor(backgroundFor())
}

/** The colour behind a page that has not been painted yet: that of its own background. */
export function backgroundFor(): string {
  return nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff'
}

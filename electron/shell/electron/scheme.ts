import { nativeTheme, type BrowserWindow } from 'electron'

const SOURCES = { light: 'light', dark: 'dark', auto: 'system' } as const

/** Sets the colour scheme for the frame and the first paint of a window. The stored value is not trusted. */
export function followScheme(scheme: unknown, window: BrowserWindow | null): void {
  const known = Object.entries(SOURCES).find(([name]) => name === scheme)?.[1] ?? 'system'
  nativeTheme.themeSource = known
  window?.setBackgroundColor(backgroundFor())
}

/** The colour behind a page that is not painted yet: its background colour. */
export function backgroundFor(): string {
  return nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff'
}

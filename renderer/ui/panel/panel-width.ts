import { useSyncExternalStore } from 'react'

export const DEFAULT_WIDTH = 400
export const NARROWEST = 320
export const WIDEST = 900

const KEY = 'castellan-panel-width'
const listeners = new Set<() => void>()
let held: number | null = null

/** A width of the panel within its limits, in px. */
export function limitWidth(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
}

function readWidth(): number {
  held ??= stored()
  return held
}

function stored(): number {
  try {
    const width = Number(localStorage.getItem(KEY) ?? Number.NaN)
    return Number.isFinite(width) && width > 0 ? limitWidth(width) : DEFAULT_WIDTH
  } catch {
    return DEFAULT_WIDTH
  }
}

/** Remembers the width of all panels; in memory where storage is refused. */
export function setPanelWidth(width: number): void {
  held = limitWidth(width)
  try {
    localStorage.setItem(KEY, String(held))
  } catch {
    // Kept in memory until the window closes.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The width of all panels, in px. */
export function usePanelWidth(): number {
  return useSyncExternalStore(subscribe, readWidth)
}

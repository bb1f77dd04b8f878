import { useSyncExternalStore } from 'react'

/** How close the rows of all lists are. */
export type Density = 'normal' | 'compact'

/** The height of a row, in px. Both leave room for a target of 24 px. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { normal: 34, compact: 26 }

const KEY = 'castellan-density'
const listeners = new Set<() => void>()
let held: Density | null = null

function readDensity(): Density {
  held ??= stored()
  return held
}

function stored(): Density {
  try {
    return localStorage.getItem(KEY) === 'compact' ? 'compact' : 'normal'
  } catch {
    return 'normal'
  }
}

/** Remembers the density of all lists; in memory where storage is refused. */
export function setDensity(density: Density): void {
  held = density
  try {
    localStorage.setItem(KEY, density)
  } catch {
    // Kept in memory until the window closes.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The density of all lists. */
export function useDensity(): Density {
  return useSyncExternalStore(subscribe, readDensity)
}

import { useSyncExternalStore } from 'react'

const STORED = 'castellan-single-keys'

let isOff: boolean | null = null
const listeners = new Set<() => void>()

/**
 * Whether shortcuts of a single key are switched off: speech input and unsteady hands press keys that were not meant (WCAG
 * 2.1.4). Keys of what has the focus, such as the arrows of a list, stay.
 */
export function areSingleKeysOff(): boolean {
  isOff ??= read()
  return isOff
}

export function setSingleKeysOff(off: boolean): void {
  isOff = off
  try {
    localStorage.setItem(STORED, off ? 'off' : 'on')
  } catch {
    // Kept in memory until the window closes.
  }
  for (const listener of listeners) listener()
}

export function useSingleKeysOff(): boolean {
  return useSyncExternalStore(subscribe, areSingleKeysOff)
}

function read(): boolean {
  try {
    return localStorage.getItem(STORED) === 'off'
  } catch {
    return false
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

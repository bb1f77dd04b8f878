import { useSyncExternalStore } from 'react'

/** Relative times have a precision of a minute, so the clock of the window ticks once a minute. */
const TICK_MS = 30_000

let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer)
      timer = null
    }
  }
}

function snapshot(): number {
  // Without subscribers the clock does not tick; catch up when it is read again.
  if (timer === null && Date.now() - now > TICK_MS) now = Date.now()
  return now
}

/** The present instant in milliseconds, shared by all components that show relative times. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot, snapshot)
}

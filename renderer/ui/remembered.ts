import { useSyncExternalStore } from 'react'

/** A preference of the window on this machine, whatever the profile. */
export interface WindowPreference<Value> {
  readonly read: () => Value
  readonly set: (value: Value) => void
  /** The value, as it changes. */
  readonly use: () => Value
}

/** Remembers a value as text; `parse` decides what a stored text means, and none. In memory where storage is refused. */
export function newRemembered<Value extends string | number>(
  name: string,
  parse: (text: string | null) => Value,
): WindowPreference<Value> {
  const key = `castellan-${name}`
  const listeners = new Set<() => void>()
  let held: Value | null = null
  const read = (): Value => (held ??= parse(stored(key)))
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    read,
    set: (value) => {
      held = value
      try {
        localStorage.setItem(key, String(value))
      } catch {
        // Kept in memory until the window closes.
      }
      for (const listener of listeners) listener()
    },
    use: function useRemembered() {
      return useSyncExternalStore(subscribe, read, read)
    },
  }
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

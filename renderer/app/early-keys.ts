import { useEffect, type RefObject } from 'react'

import { palette, paletteStore } from './palette-store.ts'

/** The text of the palette's field after a key that came before the field had the focus. */
export function typeEarly(text: string, key: string): string {
  if (key === 'Backspace') return Array.from(text).slice(0, -1).join('')
  return Array.from(key).length === 1 ? text + key : text
}

/** Keys that the field handles itself, by moving the choice or taking it. */
const PASSED_ON: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'Enter'])

/**
 * From the moment that the palette opens, keys are for it: those that arrive before its field has the focus are typed
 * into it, and none reaches the page, where `g r` would open another one.
 */
export function useEarlyKeys(
  input: RefObject<HTMLInputElement | null>,
  setText: (change: (text: string) => string) => void,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const field = input.current
      if (!paletteStore.getState().opened || event.isComposing) return
      if (event.ctrlKey || event.metaKey || event.altKey) return
      // In the dialog, its own fields and buttons have the keys.
      if (event.target instanceof Element && event.target.closest('.c-palette') !== null) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (event.key === 'Escape') return palette.close()
      field?.focus()
      if (PASSED_ON.has(event.key)) {
        field?.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, code: event.code, bubbles: true }))
      } else setText((text) => typeEarly(text, event.key))
      return undefined
    }
    globalThis.addEventListener('keydown', onKey, { capture: true })
    return () => globalThis.removeEventListener('keydown', onKey, { capture: true })
  }, [input, setText])
}

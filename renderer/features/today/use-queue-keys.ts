import { useEffect, useEffectEvent, useRef, type RefObject } from 'react'

import { isTyping } from '../../ui/keys.ts'
import { areSingleKeysOff } from '../../ui/single-keys.ts'
import { SECOND_KEY_MS } from '../../data/shortcuts.ts'
import { moveTo, type QueueKey, readQueueKey } from './queue-keys.ts'

interface QueueKeysOptions {
  /** The queue: its rows have `data-entry`, their sentences `data-says`, their actions `data-action`. */
  readonly queue: RefObject<HTMLElement | null>
  /** Opens the panel of an entry; while one is open it follows the keys. */
  readonly open: (entry: string) => void
  readonly opened: string | undefined
  readonly close: () => void
  /** Opens a form about an entry. */
  readonly decide: (entry: string, form: Extract<QueueKey, { readonly does: 'form' }>['form']) => void
}

/** Works the queue by keys, from everywhere in the page but text fields, menus and dialogs. */
export function useQueueKeys({ queue, open, opened, close, decide }: QueueKeysOptions): void {
  const begunAt = useRef(Number.NEGATIVE_INFINITY)
  /** True if the key did something. */
  const follow = (key: QueueKey, current: HTMLElement): boolean => {
    if (key.does === 'close') {
      if (opened === undefined) return false
      close()
      return true
    }
    const rows = [...current.querySelectorAll<HTMLElement>('[data-entry]')]
    const index = rows.findIndex((row) => isAt(row, opened))
    const row = rows[index]
    if (key.does === 'move') {
      const next = rows[moveTo(index, key.by, rows.length)]
      if (next === undefined) return false
      next.querySelector<HTMLElement>('[data-says]')?.focus()
      next.scrollIntoView({ block: 'nearest' })
      if (opened !== undefined) open(next.dataset['entry'] ?? '')
      return true
    }
    const entry = row?.dataset['entry']
    if (row === undefined || entry === undefined) return false
    if (key.does === 'act') {
      // A focused button or link acts by itself.
      if (document.activeElement?.matches('[data-says]') !== true) return false
      row.querySelector<HTMLElement>('[data-action]')?.click()
      return true
    }
    if (key.does === 'open') open(entry)
    else decide(entry, key.form)
    return true
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { current } = queue
    if (event.defaultPrevented || current === null || isTyping(event) || isElsewhere(current, event.key)) return
    // The keys of the queue stay while it has the focus.
    if (event.key.length === 1 && areSingleKeysOff() && !current.contains(document.activeElement)) return
    const key = readQueueKey(event, event.timeStamp - begunAt.current, SECOND_KEY_MS)
    begunAt.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (key !== null && follow(key, current)) event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

/** The row that has the focus, or, where the focus is outside the queue, the one whose panel is open. */
function isAt(row: HTMLElement, opened: string | undefined): boolean {
  if (row.contains(document.activeElement)) return true
  const isOutside = row.parentElement?.closest('[data-queue]')?.contains(document.activeElement) !== true
  return isOutside && row.dataset['entry'] === opened
}

/** Parts of a page that have keys of their own. */
const OWN_KEYS = '[role="grid"], [role="tablist"], [role="listbox"], [role="combobox"]'

/** True if another part of the page has the keyboard. Arrows scroll, and move in the rail, unless the queue has it. */
function isElsewhere(queue: HTMLElement, key: string): boolean {
  if (document.querySelector('[aria-modal="true"], [role="menu"]') !== null) return true
  const { activeElement } = document
  if (activeElement === null || activeElement === document.body || queue.contains(activeElement)) return false
  return key.startsWith('Arrow') || activeElement.closest(OWN_KEYS) !== null
}

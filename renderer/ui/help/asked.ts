import { useSyncExternalStore } from 'react'

export const HELP_PARTS = ['guide', 'shortcuts'] as const
export type HelpPart = (typeof HELP_PARTS)[number]

/** The question that the help was opened with. */
export interface HelpAsked {
  readonly part: HelpPart
  /** A page of the guide and its paragraph, such as `lists#keys-due`; null for what concerns the present page. */
  readonly topic: string | null
  /** Grows with each question, so that the same one can be asked again. */
  readonly turn: number
}

let asked: HelpAsked | null = null
let turn = 0
/** The element that had the focus when the help was opened. */
let opener: Element | null = null
const listeners = new Set<() => void>()

function set(next: HelpAsked | null): void {
  asked = next
  for (const listener of listeners) listener()
}

/** Opens the help beside the page, or shows another part of it when it is open. */
export function openHelp(topic: string | null = null, part: HelpPart = 'guide'): void {
  if (asked === null) opener = document.activeElement
  turn += 1
  set({ part, topic, turn })
}

/** Closes the help, and returns the focus to where it was opened, or to the page where that has closed since. */
export function closeHelp(): void {
  if (asked === null) return
  set(null)
  const target = opener
  opener = null
  const back = target?.isConnected === true ? target : document.querySelector('#content')
  if (back instanceof HTMLElement) back.focus({ preventScroll: true })
}

/** The question of the help; null while it is closed. */
export function useHelpAsked(): HelpAsked | null {
  return useSyncExternalStore(subscribe, read, read)
}

const read = (): typeof asked => asked

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * The topic of what has the focus: the nearest element around it with `data-help`, also of the active cell of a list,
 * which has the focus only by its id.
 */
export function findTopic(focused: Element | null): string | null {
  const activeId = focused?.getAttribute('aria-activedescendant') ?? null
  const active = activeId === null ? null : (focused?.ownerDocument.querySelector(`[id="${activeId}"]`) ?? null)
  return (active ?? focused)?.closest('[data-help]')?.getAttribute('data-help') ?? null
}

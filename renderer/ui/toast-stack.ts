/** How an action ended: as intended, with something left out, or not at all. */
export type ToastTone = 'done' | 'warning' | 'failed'

export interface ToastAction {
  /** Verb and noun: `Add keys`. */
  readonly label: string
  /** A path in the window, or what to run. */
  readonly does: string | (() => void)
}

/** A message about an action that ended. */
export interface Toast {
  readonly id: number
  readonly tone: ToastTone
  readonly message: string
  /** The next step. */
  readonly hint: string | null
  /** The thing that it is about: the next message about the same thing replaces it. */
  readonly only: string | null
  readonly undo: (() => void) | null
  readonly action: ToastAction | null
  /** How long it is shown unless it is hovered or focused; null: until it is replaced or dismissed. */
  readonly staysMs: number | null
}

/** More would cover the page. */
export const MOST_TOASTS = 3

/** Places of messages, with those that have left. */
export const MOST_PLACES = 3 * MOST_TOASTS

/**
 * The messages on display after a new one, oldest first: it replaces the one about the same thing; where there are too
 * many, the oldest leaves that is not a failure, and only if all others are failures the oldest of them.
 */
export function addToast(shown: readonly Toast[], toast: Toast): readonly Toast[] {
  const others = shown.filter(({ only }) => only === null || only !== toast.only)
  const isFull = others.length >= MOST_TOASTS
  const leaving = isFull ? (others.find(({ tone }) => tone !== 'failed') ?? others[0]) : undefined
  return [...others.filter((each) => each !== leaving), toast]
}

/**
 * The messages in their places while the pointer is on them, oldest first: one that has left keeps its place, and a new
 * one is at the end, so that no other message comes under the pointer before a click. The places end once all have left,
 * or where there would be more than `MOST_PLACES`, which would cover the page.
 */
export function keepPlaces(held: readonly Toast[], shown: readonly Toast[]): readonly Toast[] {
  const placed = [...held, ...shown.filter(({ id }) => !held.some((each) => each.id === id))]
  return shown.length === 0 || placed.length > MOST_PLACES ? shown : placed
}

/** Each removes one message: an id, or the thing that it is about. */
export function removeToast(shown: readonly Toast[], which: number | string): readonly Toast[] {
  return shown.filter(({ id, only }) => id !== which && only !== which)
}

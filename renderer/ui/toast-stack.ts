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
  /** What to do about it. */
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

/** Each removes one message: an id, or the thing that it is about. */
export function removeToast(shown: readonly Toast[], which: number | string): readonly Toast[] {
  return shown.filter(({ id, only }) => id !== which && only !== which)
}

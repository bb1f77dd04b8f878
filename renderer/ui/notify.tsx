import { toFailure } from './failure.ts'
import type { Toast, ToastAction } from './toast-stack.ts'
import { hideToast, showToast } from './toast-store.ts'

interface About {
  /** The thing that the message is about, such as `sync:12`: the next message about it replaces this one. */
  readonly only?: string | undefined
  /** One button beside the text, for what comes next. */
  readonly action?: ToastAction | undefined
}

interface DoneNotice extends About {
  /** The act, in the past tense: `Archived Acme Corp`. */
  readonly message: string
  /** Undoes it; left out where the contract offers no undo. */
  readonly undo?: (() => Promise<unknown>) | undefined
}

interface Warning extends About {
  /** The part that was left out, or needs attention. */
  readonly message: string
  readonly hint?: string | undefined
}

/** Long enough to read the text and to reach Undo. */
const STAYS_MS = 8_000

/** Notifies that an action is finished, with Undo where it can be undone. */
export function notifyDone({ message, undo, ...about }: DoneNotice): void {
  const id = show({
    ...about,
    tone: 'done',
    message,
    hint: null,
    staysMs: STAYS_MS,
    undo: undo === undefined ? null : () => takeBack(id, undo),
  })
}

function takeBack(id: number, undo: () => Promise<unknown>): void {
  hideToast(id)
  undo().then(() => notifyDone({ message: 'Change undone' }), notifyFailed)
}

/** Notifies that an action was carried out in part, or not at all for a reason that is not a failure. */
export function notifyWarning({ message, hint, ...about }: Warning): void {
  show({ ...about, tone: 'warning', message, hint: hint ?? null, undo: null, staysMs: STAYS_MS * 2 })
}

/** Notifies that an action failed, why, and what to do; it stays until it is dismissed. */
export function notifyFailed(error: unknown): void {
  notifyFailure({ error })
}

/** Notifies of a failure about a thing, whose next result replaces it, or with a button that mends it. */
export function notifyFailure({ error, ...about }: About & { readonly error: unknown }): void {
  const { message, hint } = toFailure(error)
  show({ ...about, tone: 'failed', message, hint, undo: null, staysMs: null })
}

function show({ only, action, ...toast }: About & Omit<Toast, 'id' | keyof About>): number {
  return showToast({ ...toast, only: only ?? null, action: action ?? null })
}

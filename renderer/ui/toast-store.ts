import { newRemembered } from './remembered.ts'
import { addToast, removeToast, type Toast } from './toast-stack.ts'

/** True if messages stay until they are dismissed, for those who need longer to read them (WCAG 2.2.1). */
export const { set: setMessagesStay, use: useMessagesStay } = newRemembered('messages', (text) =>
  text === 'stay' ? 'stay' : 'leave',
)

let shown: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

export function getToasts(): readonly Toast[] {
  return shown
}

/** Calls back after each change; returns what ends that. */
export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows a message, and returns its id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1
  change(addToast(shown, { ...toast, id: lastId }))
  return lastId
}

/** Takes a message away: by its id, or by the thing that it is about. */
export function hideToast(which: number | string): void {
  change(removeToast(shown, which))
}

function change(next: readonly Toast[]): void {
  if (next.length === shown.length && next.every((toast, at) => toast === shown[at])) return
  shown = next
  for (const listener of listeners) listener()
}

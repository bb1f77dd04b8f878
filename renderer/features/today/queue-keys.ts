import type { Form } from './search.ts'

/** The meaning of a key press for the queue. */
export type QueueKey =
  | { readonly does: 'move'; readonly by: 1 | -1 }
  | { readonly does: 'act' }
  | { readonly does: 'open' }
  | { readonly does: 'close' }
  | { readonly does: 'form'; readonly form: Form }

const KEYS: Readonly<Record<string, QueueKey>> = {
  j: { does: 'move', by: 1 },
  ArrowDown: { does: 'move', by: 1 },
  k: { does: 'move', by: -1 },
  ArrowUp: { does: 'move', by: -1 },
  Enter: { does: 'act' },
  Escape: { does: 'close' },
  o: { does: 'open' },
  ArrowRight: { does: 'open' },
  s: { does: 'form', form: 'snooze' },
  n: { does: 'form', form: 'note' },
  d: { does: 'form', form: 'dismiss' },
}

/** The keys of the queue in words, for its description. */
export const KEY_HELP = 'J and K move, Enter does the action, O opens details, S snoozes, N notes, D dismisses.'

/**
 * The meaning of a key press; null for any other key, and for a letter that may follow `g`, which goes to an area.
 * `sinceG` is in milliseconds.
 */
export function readQueueKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  sinceG: number,
  secondKeyMs: number,
): QueueKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null
  if (event.key.length === 1 && sinceG <= secondKeyMs) return null
  return Object.hasOwn(KEYS, event.key) ? (KEYS[event.key] ?? null) : null
}

/** The index of the row to move to: from none to the first or the last one, and never past the ends. */
export function moveTo(index: number, by: 1 | -1, count: number): number {
  if (index < 0) return by === 1 ? 0 : count - 1
  return Math.min(count - 1, Math.max(0, index + by))
}

/** The states of a value while it is edited, for undo and redo. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
}

/** More undo steps than a person takes. */
const MOST = 200

export function makeHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] }
}

/** Adds the next state; an unchanged state adds no step. */
export function did<T>(history: History<T>, next: T): History<T> {
  if (next === history.present) return history
  return { past: [...history.past, history.present].slice(-MOST), present: next, future: [] }
}

export function undone<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  if (last === undefined) return history
  return { past: history.past.slice(0, -1), present: last, future: [history.present, ...history.future] }
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future }
}

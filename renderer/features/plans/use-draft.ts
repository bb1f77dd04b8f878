import { useEffect, useState } from 'react'

import type { Plan } from '../../../shared/domain/plans/plan.ts'

/** The states of a value while it is edited, for undo and redo. */
interface History<T> {
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

export interface Draft {
  readonly plan: Plan
  readonly isChanged: boolean
  readonly edit: (change: (plan: Plan) => Plan) => void
  /** Null when there is nothing to undo or redo. */
  readonly undo: (() => void) | null
  readonly redo: (() => void) | null
}

/**
 * A plan while it is edited, from the version that was read; Ctrl+Z and Ctrl+Shift+Z undo and redo outside of fields.
 */
export function useDraft(read: Plan): Draft {
  const [history, setHistory] = useState<History<Plan>>(() => makeHistory(read))
  const canUndo = history.past.length > 0
  const canRedo = history.future.length > 0
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || isField(event.target)) return
      event.preventDefault()
      setHistory(event.shiftKey ? redone : undone)
    }
    globalThis.addEventListener('keydown', onKey)
    return () => globalThis.removeEventListener('keydown', onKey)
  }, [])
  return {
    plan: history.present,
    isChanged: JSON.stringify(history.present) !== JSON.stringify(read),
    edit: (change) => setHistory((now) => did(now, change(now.present))),
    undo: canUndo ? () => setHistory(undone) : null,
    redo: canRedo ? () => setHistory(redone) : null,
  }
}

/** A field undoes its own typing. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null
}

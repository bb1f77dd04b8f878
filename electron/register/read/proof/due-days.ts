import type { Day } from '../../../../shared/domain/day.ts'

interface Rotated {
  readonly on: Day
  readonly met: Day | null
  readonly isUndone: boolean
}

/**
 * The day that is set for a logical key, and which of its rotations fulfilled one, from the operations on it in their
 * order: a rotation fulfils the day that is set unless one that counts is dated later, and its undoing sets it again
 * unless another day is set.
 */
export function makeDueDays() {
  let dueOn: Day | null = null
  const rotations = new Map<string, Rotated>()
  return {
    dueOn: (): Day | null => dueOn,
    met: (rotation: string): Day | null => rotations.get(rotation)?.met ?? null,
    set: (on: Day | null): void => {
      dueOn = on
    },
    rotate: (rotation: string, on: Day): void => {
      const isLatest = rotations.values().every((other) => other.isUndone || other.on <= on)
      rotations.set(rotation, { on, met: isLatest ? dueOn : null, isUndone: false })
      if (isLatest) dueOn = null
    },
    undo: (rotation: string): void => {
      const known = rotations.get(rotation)
      if (known === undefined || known.isUndone) return
      rotations.set(rotation, { ...known, isUndone: true })
      dueOn ??= known.met
    },
  }
}

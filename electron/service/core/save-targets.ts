import { randomBytes } from 'node:crypto'
import { lstatSync } from 'node:fs'

import { invalid } from '../kit/refusal.ts'

export type TargetKind = 'file' | 'folder'

/** Where a person chose to write. */
export interface SaveTarget {
  readonly path: string
  /** True if the person saw that a file is there, and chose to replace it. */
  readonly replaces: boolean
}

/** The unused answers of the desktop's dialog, by handles that do not contain the path. */
export interface SaveTargets {
  readonly give: (path: string, kind: TargetKind) => string
  /**
   * The answer behind a handle, once. Throws `Refusal` INVALID about `field` for a handle that was not issued, or was
   * used.
   */
  readonly take: (handle: string, kind: TargetKind, field: string) => SaveTarget
  readonly clear: () => void
}

/** People answer dialogs one at a time; the oldest unused answer is dropped first. */
const MOST_UNUSED = 100

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // The operation that writes there explains what is wrong with the path.
    return false
  }
}

export function newSaveTargets(): SaveTargets {
  const unused = new Map<string, SaveTarget & { readonly kind: TargetKind }>()
  return {
    give: (path, kind) => {
      const handle = randomBytes(16).toString('hex')
      unused.set(handle, { path, kind, replaces: isThere(path) })
      const [oldest] = unused.keys()
      if (unused.size > MOST_UNUSED && oldest !== undefined) unused.delete(oldest)
      return handle
    },
    take: (handle, kind, field) => {
      const chosen = unused.get(handle)
      unused.delete(handle)
      if (chosen?.kind === kind) return chosen
      throw invalid(
        field,
        `No ${kind} to save to was chosen, or the choice was used already: each choice in the dialog is valid once.`,
        'Choose where to save again.',
      )
    },
    clear: () => unused.clear(),
  }
}

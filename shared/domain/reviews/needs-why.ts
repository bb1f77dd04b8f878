import type { Day } from '../day.ts'
import type { ItemDecision } from './review.ts'

/** The facts by which a decision about an item, or about one of several, needs a text. */
export interface Weighty {
  readonly flagged: boolean
  /** An owner or admin. */
  readonly privileged: boolean
}

/**
 * True if a decision needs a text: the question of an item that needs more information, and the justification of keeping
 * a flagged item, of removing an owner or admin, and of every exception with an end.
 */
export function needsWhy({ flagged, privileged }: Weighty, decision: ItemDecision, until: Day | null): boolean {
  return (
    decision === 'unknown' ||
    until !== null ||
    (flagged && decision === 'keep') ||
    (privileged && decision === 'remove')
  )
}

import type { Day } from '../day.ts'
import type { OperationPlace } from '../placed.ts'

/** A decision about the risk of a finding. */
export interface RiskDecision extends OperationPlace {
  /** The last day on which the risk is accepted; null where an acceptance was ended. */
  readonly until: Day | null
}

/**
 * The decision that holds, of those that no later one replaces (`addDecision`). Members of a team who had not seen each other lengthen no
 * acceptance: one that ends it holds, and otherwise the one with the earliest day; of several with one day, the last. Null where there is none.
 */
export function findHeld<T extends RiskDecision>(unreplaced: readonly T[]): T | null {
  const isHeld = (one: T, other: T): boolean => (one.until ?? '') <= (other.until ?? '')
  return unreplaced.reduce<T | null>((held, next) => (held === null || isHeld(next, held) ? next : held), null)
}

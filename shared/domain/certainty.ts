/**
 * How sure a rule is that what it finds is a problem, most certain first. `certain`: a fact that the provider, a file or
 * the policy states. `likely`: inferred from names, use or patterns, and right in most cases. `opinion`: a
 * recommendation of practice or taste.
 */
export const CERTAINTIES = ['certain', 'likely', 'opinion'] as const

export type Certainty = (typeof CERTAINTIES)[number]

/** Sort key: 0 is the most certain. */
export function certaintyRank(certainty: Certainty): number {
  return CERTAINTIES.indexOf(certainty)
}

import { SOURCE_STATES, type SourceState } from './source.ts'

/**
 * How far something that a provider offers was read. `partial`: to its end, but rows of it could not be read.
 * `not-synced`: a sync reads it, but the last one did not, or there was none. `not-read`: no sync reads it, for the
 * reason that is given with it.
 */
export const COVERAGE_STATES = [...SOURCE_STATES, 'partial', 'not-synced', 'not-read'] as const
export type CoverageState = (typeof COVERAGE_STATES)[number]

const WORDS: Readonly<Record<Exclude<CoverageState, SourceState>, string>> = {
  partial: 'partly read',
  'not-synced': 'not synced',
  'not-read': 'not read',
}

const SOURCE_WORDS: Readonly<Record<SourceState, string>> = {
  complete: 'read',
  denied: 'denied',
  unavailable: 'not offered',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** The state for people, in documents and the terminal. */
export function coverageWord(state: CoverageState): string {
  return { ...SOURCE_WORDS, ...WORDS }[state]
}

/** From the state that leaves most unknown to the one that leaves nothing unknown. */
const WORST: readonly CoverageState[] = [
  'failed',
  'cancelled',
  'denied',
  'not-synced',
  'partial',
  'unavailable',
  'complete',
  'not-read',
]

/** The worst of several states; `not-synced` without any. */
export function worstCoverage(states: readonly CoverageState[]): CoverageState {
  return WORST.find((state) => states.includes(state)) ?? 'not-synced'
}

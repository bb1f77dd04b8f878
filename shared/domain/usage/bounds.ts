import { MICRO_PER_USD } from '../text/money.ts'

/**
 * The limits of one usage record, or one row of a provider's report. A record beyond them is rejected with its line:
 * they are above any request or day of an organization, and far below the range of a sum.
 */
export const USAGE_BOUNDS = {
  requests: 1_000_000_000,
  /** Of each kind: input, cached, output. */
  tokens: 1_000_000_000_000,
  /** In US dollars. */
  dollars: 1_000_000,
  /** Characters of a project, key, user, model or feature. */
  word: 500,
} as const

export const MOST_RECORD_COST = USAGE_BOUNDS.dollars * MICRO_PER_USD

/** The largest number that a sum of usage may reach: beyond it a number in JavaScript is no longer exact. */
export const MOST_USAGE_SUM = Number.MAX_SAFE_INTEGER

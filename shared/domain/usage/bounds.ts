import { MICRO_PER_USD } from '../text/money.ts'

/**
 * The most that one usage record, or one row of a provider's report, may hold. What is beyond is refused with its line:
 * more than any request or day of an organization comes to, and far less than a sum has room for.
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

/** The same cost in micro-USD. */
export const MOST_RECORD_COST = USAGE_BOUNDS.dollars * MICRO_PER_USD

/** The largest number that a sum of usage may reach: beyond it a number in JavaScript is no longer exact. */
export const MOST_USAGE_SUM = Number.MAX_SAFE_INTEGER

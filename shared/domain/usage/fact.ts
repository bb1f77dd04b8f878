/**
 * What a provider reports of one day, for one combination of what it was asked to tell apart. Null where it did not tell.
 * Tokens of the input include what came from or went into a cache; money is micro-USD.
 */
export interface UsageFact {
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  /** The provider's ids. */
  readonly project: string | null
  readonly key: string | null
  readonly principal: string | null
  readonly model: string | null
  /** What tells rows apart besides: a line item, a kind of use, a service tier. */
  readonly item: string
  readonly requests: number
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
  readonly cost: number
  /** By a table of prices. */
  readonly estimate: number
}

/** `cost` brings money, `usage` brings requests, tokens and the estimate. */
export const USAGE_REPORTS = ['cost', 'usage'] as const
export type UsageReport = (typeof USAGE_REPORTS)[number]

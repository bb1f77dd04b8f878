/**
 * A provider's report for one day and one combination of the requested dimensions. Null if it did not report one.
 * Tokens of the input include those read from or written to a cache; money is micro-USD, a credit is below zero.
 */
export interface UsageFact {
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  /** The provider's ids. */
  readonly project: string | null
  readonly key: string | null
  readonly principal: string | null
  readonly model: string | null
  /** Further distinguishes rows: a line item, a kind of usage, a service tier. */
  readonly item: string
  readonly requests: number
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
  readonly cost: number
  /** Nano-USD beyond the whole micro-USD of `cost`, 0 to 999; left out: none. See `Cost`. */
  readonly costNano?: number
  /** By a price table. */
  readonly estimate: number
}

/** OpenAI's reports of usage; OpenRouter has `completions` too. */
export const OPENAI_USAGE_REPORTS = [
  'completions',
  'embeddings',
  'moderations',
  'images',
  'audio-speeches',
  'audio-transcriptions',
  'decisions',
  'vector-stores',
  'code-interpreter',
  'file-search',
  'web-search',
] as const

/**
 * The requested reports, each by itself: `cost` brings money, the others bring requests, tokens and their estimate.
 * `messages` is Anthropic's.
 */
export const USAGE_REPORTS = ['cost', ...OPENAI_USAGE_REPORTS, 'messages'] as const
export type UsageReport = (typeof USAGE_REPORTS)[number]

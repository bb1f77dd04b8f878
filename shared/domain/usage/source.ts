/**
 * Where usage is known from: `billed` is what providers report, `claimed` what a client's internal records hold. Both
 * tell of the same use, so that a question is about one of them and they are never added together.
 */
export const USAGE_SOURCES = ['billed', 'claimed'] as const
export type UsageSource = (typeof USAGE_SOURCES)[number]

/** How people read each source. */
export const SOURCE_LABELS: Readonly<Record<UsageSource, string>> = { billed: 'Billed', claimed: 'Internal records' }

/** The source that knows a dimension: providers bill no feature, only internal records name one. */
export function defaultSource(...dimensions: readonly string[]): UsageSource {
  return dimensions.includes('feature') ? 'claimed' : 'billed'
}

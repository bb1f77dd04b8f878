/**
 * The sources of usage: `billed` is what providers report, `claimed` what a client's internal records contain. Both
 * describe the same usage, so that a query reads one of them and they are never added together.
 */
export const USAGE_SOURCES = ['billed', 'claimed'] as const
export type UsageSource = (typeof USAGE_SOURCES)[number]

export const SOURCE_LABELS: Readonly<Record<UsageSource, string>> = { billed: 'Billed', claimed: 'Internal records' }

/** The source that has a dimension: providers bill no feature, only internal records name one. */
export function defaultSource(...dimensions: readonly string[]): UsageSource {
  return dimensions.includes('feature') ? 'claimed' : 'billed'
}

/** The words of a command line and of an assistant for each source; `claimed` is the word in the data. */
export const SOURCE_WORDS = ['billed', 'internal'] as const
type SourceWord = (typeof SOURCE_WORDS)[number]

export function toSource(word: SourceWord): UsageSource {
  return word === 'internal' ? 'claimed' : 'billed'
}

export function toSourceWord(source: UsageSource): SourceWord {
  return source === 'claimed' ? 'internal' : 'billed'
}

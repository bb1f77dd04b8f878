export interface Match {
  readonly start: number
  /** The position after the last character. */
  readonly end: number
}

/** Further matches are neither counted nor marked. */
export const MOST_MATCHES = 1000

/**
 * Returns where a text contains the search text, ignoring case; a space matches any white space, as it is shown.
 * `findMatches('Key of a KEY', 'key')` is at 0–3 and 10–13.
 */
export function findMatches(text: string, wanted: string): readonly Match[] {
  const words = wanted.trim().split(/\s+/u)
  if (words[0] === '') return []
  const pattern = new RegExp(words.map(escapePattern).join('\\s+'), 'giu')
  return [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({ start: index, end: index + length }))
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
}

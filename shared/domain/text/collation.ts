/**
 * The order of rows in every file that is written: by Unicode code point of the text in lower case (NFC), then of the
 * text itself. It depends on no locale and no library, so that two machines write the same file.
 */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : compareCodePoints(folded(a), folded(b)) || compareCodePoints(a, b)
}

/** By each comparison in turn; the first that distinguishes two rows decides. */
export function orderBy<T>(...comparisons: readonly ((a: T, b: T) => number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const compare of comparisons) {
      const result = compare(a, b)
      if (result !== 0) return result
    }
    return 0
  }
}

export interface SortKeys<T> {
  /** Smaller comes first. */
  readonly rank?: (item: T) => number
  /** Among equal ranks, by this text as `compareText` orders it. */
  readonly text: (item: T) => string
  /** Among equal texts. */
  readonly among: (a: T, b: T) => number
}

/** A sorted copy. Ranks and folded texts are calculated once for each item, which a hundred thousand rows need. */
export function sortedBy<T>(items: readonly T[], keys: SortKeys<T>): T[] {
  const decorated = items.map((item) => {
    const text = keys.text(item)
    return { item, text, folded: folded(text), rank: keys.rank?.(item) ?? 0 }
  })
  // Below the surrogates, the order of the language is that of code points, and much faster.
  const compare = decorated.some(({ text, folded }) => HIGH.test(text) || HIGH.test(folded))
    ? compareCodePoints
    : compareUnits
  decorated.sort(
    (a, b) => a.rank - b.rank || compare(a.folded, b.folded) || compare(a.text, b.text) || keys.among(a.item, b.item),
  )
  return decorated.map(({ item }) => item)
}

function folded(text: string): string {
  return (NOT_ASCII.test(text) ? text.normalize('NFC') : text).toLowerCase()
}

const NOT_ASCII = /[^\0-\u007F]/u

const HIGH = /[\uD800-\uFFFF]/

function compareUnits(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** UTF-16 order puts emoji (surrogates) before U+E000–U+FFFF; code point order does not. */
function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  if (at === length) return a.length - b.length
  return codePointWeight(a.charCodeAt(at)) - codePointWeight(b.charCodeAt(at))
}

function codePointWeight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit
}

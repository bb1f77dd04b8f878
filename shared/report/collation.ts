/**
 * The order of rows in every file that is written: by Unicode code point of the text in lower case (NFC), then of the
 * text itself. It depends on no locale and no library, so that two machines write the same file.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return compareCodePoints(folded(a), folded(b)) || compareCodePoints(a, b)
}

/** By each comparison in turn; the first that tells two rows apart decides. */
export function orderBy<T>(...comparisons: readonly ((a: T, b: T) => number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const compare of comparisons) {
      const result = compare(a, b)
      if (result !== 0) return result
    }
    return 0
  }
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** UTF-16 order puts emoji (surrogates) before U+E000–U+FFFF; code point order does not. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left !== right) return codePointWeight(left) - codePointWeight(right)
  }
  return a.length - b.length
}

function codePointWeight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit
}

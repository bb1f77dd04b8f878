/** The last character of all: no folded name contains it. */
export const LAST_CHARACTER = '\u{10FFFF}'

/**
 * A name as it is compared in a search: without regard to case, also that of a sigma at the end. In the order of
 * `compareFolded`, the names that begin with a text are those from it to the text followed by `LAST_CHARACTER`.
 */
export function foldName(name: string): string {
  return name.toWellFormed().toLowerCase().replaceAll('ς', 'σ').replaceAll(LAST_CHARACTER, '\u{FFFD}')
}

/** Compares by code points, as SQLite orders its texts; JavaScript compares halves of characters. */
export function compareFolded(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (x !== y) return toOrder(x) - toOrder(y)
  }
  return a.length - b.length
}

/** Halves of characters beyond the first 65,536 come after all others. */
function toOrder(unit: number): number {
  return unit >= 0xd8_00 && unit < 0xe0_00 ? unit + 0x1_00_00 : unit
}

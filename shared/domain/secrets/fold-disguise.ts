/**
 * Disguises of a secret: zero-width characters and controls, hyphens and full-width letters that look like those of
 * ASCII, a code of a character (`%2D`, `\u002d`), an escaped punctuation mark, and a line break with the indentation of
 * the next line.
 */
const DISGUISE = new RegExp(
  `(?<![ \\t])${[
    String.raw`[ \t]*(?:[\r\n\u2028\u2029]+[ \t]*|(?:\\[rn])+)`,
    String.raw`[[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]--[\t]]+`,
    String.raw`[\u2010-\u2015\u2212\uFE58\uFE63]`,
    String.raw`[\uFF01-\uFF5E]`,
    String.raw`%[2-7][0-9A-Fa-f]`,
    String.raw`\\u(?:00[2-7][0-9A-Fa-f]|00[aA][dD]|20[0-6][0-9A-Fa-f]|2212|[fF][eE][0-9A-Fa-f]{2})`,
    String.raw`\\[\-_.]`,
  ].join('|')}`,
  'gv',
)

const ANY = new RegExp(DISGUISE.source, 'v')

/** Blanks before a line break are a part of it only from the first of them. */
const HERE = new RegExp(DISGUISE.source, 'vy')

/** The disguise at a position, with blanks before a line break, and the character that it hides; null where none is. */
export function readDisguise(text: string, at: number): { readonly length: number; readonly plain: string } | null {
  HERE.lastIndex = at
  const found = HERE.exec(text)?.[0]
  return found === undefined ? null : { length: found.length, plain: toPlain(found) }
}

/** A text without disguises. */
export function foldText(text: string): string {
  return text.replaceAll(DISGUISE, toPlain)
}

/** A text without what disguises a secret in it, and where each of its characters came from. */
export interface PlainText {
  readonly plain: string
  readonly original: string
  /** For each character of `plain` its first position in `original` and that after its last; null where the two are one. */
  readonly at: { readonly start: Uint32Array; readonly end: Uint32Array } | null
}

export function foldDisguise(original: string): PlainText {
  if (!ANY.test(original)) return { plain: original, original, at: null }
  const start = new Uint32Array(original.length)
  const end = new Uint32Array(original.length)
  let plain = ''
  let from = 0
  const keep = (to: number): void => {
    for (let each = from; each < to; each += 1) {
      start[plain.length + each - from] = each
      end[plain.length + each - from] = each + 1
    }
    plain += original.slice(from, to)
  }
  for (const { index, 0: found } of original.matchAll(DISGUISE)) {
    keep(index)
    from = index + found.length
    const sign = toPlain(found)
    if (sign === '') continue
    start[plain.length] = index
    end[plain.length] = from
    plain += sign
  }
  keep(original.length)
  return { plain, original, at: { start, end } }
}

/** Where a part of the folded text is in the original. */
export function toOriginal({ at }: PlainText, start: number, end: number): readonly [start: number, end: number] {
  return at === null ? [start, end] : [at.start[start] ?? 0, at.end[end - 1] ?? 0]
}

/** Where a kept character of the original is in the folded text. */
export function toFolded({ at, plain }: PlainText, index: number): number {
  if (at === null) return index
  let [low, high] = [0, plain.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at.start[middle] ?? 0) < index) low = middle + 1
    else high = middle
  }
  return low
}

const LINE = /[\r\n\u2028\u2029]|\\[rn]/u

/** True if the original has a line break before a character of the folded text. */
export function isAfterBreak({ at, original }: PlainText, index: number): boolean {
  if (at === null || index === 0) return false
  const [from, to] = [at.end[index - 1] ?? 0, at.start[index] ?? 0]
  return from < to && LINE.test(original.slice(from, to))
}

function toPlain(found: string): string {
  const code = found.charCodeAt(0)
  if (found.length === 1 && code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  if (found.length === 1 && HYPHENS.includes(found)) return '-'
  if (found.startsWith('%')) return String.fromCharCode(Number.parseInt(found.slice(1), 16))
  if (found.startsWith('\\u')) {
    const escaped = String.fromCharCode(Number.parseInt(found.slice(2), 16))
    return escaped >= ' ' && escaped <= '~' ? escaped : toPlain(escaped)
  }
  return found.length === 2 && '-_.'.includes(found.charAt(1)) ? found.charAt(1) : ''
}

const HYPHENS = '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63'

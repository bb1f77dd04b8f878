import { eastAsianWidth } from 'get-east-asian-width'

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/u

/**
 * Texts in which each character is seen alone: of the usual scripts, without marks, emoji and what joins characters (UAX 29). To
 * find graphemes in a text takes far more time, and much memory until it is collected.
 */
const ALONE =
  /^[[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\uac00-\ud7a3\p{P}\p{S}\p{N} ]--[\p{M}\p{RI}\p{Emoji_Presentation}\p{Emoji_Modifier}]]*$/v

/** Alone or before a variation selector 16, an emoji takes two columns. */
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[0-9#*]\ufe0f\u20e3|\p{RI}\p{RI})/u

const WITHOUT_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The columns of a text in a terminal: emoji and East Asian characters have two, combining marks none. */
export function computeWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length
  let width = 0
  if (ALONE.test(text)) {
    for (const character of text) width += eastAsianWidth(character.codePointAt(0) ?? 0)
    return width
  }
  for (const { segment } of graphemes.segment(text)) width += widthOfGrapheme(segment)
  return width
}

function widthOfGrapheme(grapheme: string): number {
  if (WITHOUT_WIDTH.test(grapheme)) return 0
  if (EMOJI.test(grapheme)) return 2
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0)
}

/** The text within a number of columns; what is cut is marked by `…`. */
export function cutTo(text: string, columns: number): string {
  return computeWidth(text) <= columns ? text : `${headOf(text, columns - 1)}…`
}

/** The longest beginning of a text within a number of columns, without half a character. */
function headOf(text: string, columns: number): string {
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    const next = widthOfGrapheme(segment)
    if (width + next > columns) break
    kept += segment
    width += next
  }
  return kept
}

/** The lines of a text within a number of columns, broken at its spaces; a word that is longer is broken in itself. */
export function breakText(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (computeWidth(longer) <= columns) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (computeWidth(line) > columns) {
      const part = headOf(line, columns)
      if (part === '' || part === line) break
      lines.push(part)
      line = line.slice(part.length)
    }
  }
  return [...lines, line]
}

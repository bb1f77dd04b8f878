import { withoutSecrets } from '../secrets/cut-secrets.ts'

/**
 * Text of a provider or a person in the form in which it may leave the register: without secrets, every character visible to a person and
 * harmless to a terminal. Every writer of a file, a document, a log and an answer writes texts by it, or by `plainText` or `plainJson`.
 * Control characters, which no format can carry safely, become their Unicode pictures (ESC → ␛) or U+FFFD; line breaks
 * and tabs stay, since each format has a way to write them. Code units that are not a character (half of a surrogate
 * pair, U+FFFE) become U+FFFD. Invisible characters that no honest text has become their names (`<U+E0041>`): tag
 * characters outside the three flags that are written with them, selectors after another selector, joiners between
 * letters that do not join. Applying it twice changes nothing more.
 * `shown`: new secrets that a person asked to see.
 */
export function visibleText(text: string, shown?: readonly string[]): string {
  // First, since the name of an invisible character would hide the secret that the character is in.
  const own = withoutSecrets(text, shown)
  return (SUSPECT.test(own) ? own.replaceAll(DISHONEST, picture) : own).toWellFormed()
}

/** True if a text contains a character that `visibleText` may change; cheaper than computing the changed text. */
export function mayChange(text: string): boolean {
  return SUSPECT.test(text)
}

/** Tag characters and other ignorable ones beyond the basic plane, except the selectors of Han variants. */
const BEYOND = '\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E00FF}\\u{E01F0}-\\u{E0FFF}'

/** England, Scotland and Wales: the flags of Unicode's list that are written with tag characters. */
export const FLAGS: readonly string[] = ['gbeng', 'gbsct', 'gbwls'].map(
  (region) =>
    `\u{1F3F4}${Array.from(`${region}\u007f`, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')}`,
)

const CONTROL = '\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\p{Noncharacter_Code_Point}'

/** Selectors that choose the form of the one character before them. */
const SELECTOR = '\\u180B-\\u180D\\u180F\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}'

/** The characters that may come before a joiner: a picture, or a letter of a script whose letters join. */
const JOINED = [
  '\\p{Extended_Pictographic}',
  '\\p{Emoji_Modifier}',
  // Not after one that is out of place itself.
  `(?<=[^\\s${SELECTOR}])\\uFE0F`,
  '(?!\\p{Default_Ignorable_Code_Point}|\\p{sc=Latin}|\\p{sc=Greek}|\\p{sc=Cyrillic})[\\p{L}\\p{M}]',
].join('|')

/** Searched before the costlier search. */
const SUSPECT = new RegExp(`[${CONTROL}${BEYOND}${SELECTOR}\\u200C\\u200D]`, 'u')

/** Characters that are out of place, as the source of an expression. The flags have to be searched before them. */
export const OUT_OF_PLACE = `[${BEYOND}]|(?<=^|[\\s${SELECTOR}])[${SELECTOR}]|(?<!${JOINED})[\\u200C\\u200D]`

const DISHONEST = new RegExp(`${FLAGS.join('|')}|[${CONTROL}]|${OUT_OF_PLACE}`, 'gu')

function picture(found: string): string {
  if (FLAGS.includes(found)) return found
  const code = found.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return NO_LETTER.test(found) ? '\uFFFD' : unseenName(found)
}

const NO_LETTER = /[\x80-\x9f\p{Noncharacter_Code_Point}]/u

/**
 * Characters that honest text may contain, and that change how text around them looks without being visible: marks of
 * direction, characters without width, separators, and letters without a glyph (the Hangul fillers).
 */
export const INVISIBLE: readonly string[] = [
  [0xad, 0xad],
  [0x3_4f, 0x3_4f],
  [0x6_1c, 0x6_1c],
  [0x11_5f, 0x11_60],
  [0x17_b4, 0x17_b5],
  [0x18_0e, 0x18_0e],
  [0x20_0b, 0x20_0b],
  [0x20_0e, 0x20_0f],
  [0x20_28, 0x20_2e],
  [0x20_60, 0x20_6f],
  [0x31_64, 0x31_64],
  [0xfe_ff, 0xfe_ff],
  [0xff_a0, 0xff_a0],
  [0xff_f0, 0xff_fb],
].flatMap(([from = 0, to = 0]) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at)))

const UNSEEN = new RegExp(`[${INVISIBLE.join('')}]`, 'gu')

/** The name of an invisible character: `<U+202E>`. */
function unseenName(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
}

/**
 * Writes `visibleText` with the invisible characters by their names, for a medium without a way of its own to write
 * them (a terminal, CSV, a calendar, a workbook). Of the characters with an effect, only line breaks and tabs remain.
 */
export function plainText(text: string, shown?: readonly string[]): string {
  return visibleText(text, shown).replaceAll(UNSEEN, unseenName)
}

/**
 * JSON without secrets in which every control and invisible character is escaped: the same document, safe for any terminal and program.
 * `escape` writes one for another format with escapes; `shown` are new secrets that a person asked to see.
 */
export function plainJson(
  json: string,
  escape: (character: string) => string = jsonEscape,
  shown?: readonly string[],
): string {
  const own = withoutSecrets(json, shown)
  if (!UNSEEN_TEST.test(own) && !SUSPECT.test(own)) return own
  return own.replaceAll(ESCAPED, (found) => (FLAGS.includes(found) ? found : escape(found)))
}

const UNSEEN_TEST = new RegExp(UNSEEN.source, 'u')

const ESCAPED = new RegExp(`${FLAGS.join('|')}|[\\x7f-\\x9f]|${OUT_OF_PLACE}|${UNSEEN.source}`, 'gu')

function jsonEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

/** True if any character of a text is visible. */
export function hasVisible(text: string): boolean {
  return /[^\s\p{C}\p{Default_Ignorable_Code_Point}]/u.test(text)
}

import { FLAGS, INVISIBLE, OUT_OF_PLACE } from '../../shared/domain/text/visible-text.ts'

/** Control characters, invisible characters, and misplaced characters. */
const HIDDEN = new RegExp(`${FLAGS.join('|')}|[\\p{Cc}${INVISIBLE.join('')}]|${OUT_OF_PLACE}`, 'gu')

const SIGNS: Readonly<Record<string, string>> = { '\n': '⏎', '\r': '⏎', '\u2028': '⏎', '\u2029': '⏎', '\t': '⇥' }

/**
 * Makes text of a provider or a file safe to show: control characters, line breaks and invisible direction marks become
 * signs, so that a name can neither hide a part of itself nor break a row. Isolating it from the direction of its
 * surroundings is up to the element (`Named` uses `<bdi>`).
 *
 * @example visibleText('a\nb\u202Ec') // 'a⏎b⟨U+202E⟩c'
 */
export function visibleText(text: string): string {
  return text.replaceAll(HIDDEN, getSign)
}

function getSign(character: string): string {
  if (FLAGS.includes(character)) return character
  const sign = SIGNS[character]
  if (sign !== undefined) return sign
  const code = character.codePointAt(0) ?? 0
  // Unicode has a symbol for each C0 control character.
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

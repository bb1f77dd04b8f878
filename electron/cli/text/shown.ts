import { INVISIBLE, visibleText } from '../../../shared/report/visible-text.ts'

const HIDDEN = new RegExp(`[${INVISIBLE.join('')}]`, 'gu')

const ORDINARY = /^[\x20-\x7e]*$/u

/**
 * Text of a provider or a person as a terminal may show it, on one line: line breaks and tabs as their pictures, other
 * control characters likewise (so no escape sequence acts), bidi marks and zero-width characters as `<U+202E>`.
 */
export function shown(text: string): string {
  if (ORDINARY.test(text)) return text
  return visibleText(text).replaceAll('\t', '␉').replaceAll('\n', '␊').replaceAll('\r', '␍').replaceAll(HIDDEN, named)
}

function named(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const NOT_PLAIN = new RegExp(`[\\x7f-\\x9f${INVISIBLE.join('')}]`, 'u')
const NOT_PLAIN_ALL = new RegExp(NOT_PLAIN.source, 'gu')

/** JSON whose text can be shown: the same document, with control and invisible characters written as `\uXXXX`. */
export function shownJson(json: string): string {
  return NOT_PLAIN.test(json) ? json.replaceAll(NOT_PLAIN_ALL, escaped) : json
}

/** The same for JSON in UTF-8; bytes that hold nothing to escape come back as they are, without becoming text. */
export function shownJsonBytes(json: Uint8Array): Uint8Array {
  return mayHide(json) ? Buffer.from(shownJson(Buffer.from(json).toString('utf8'))) : json
}

/** Lead bytes of the characters that `NOT_PLAIN` looks for, each with the next byte where that tells more. */
function mayHide(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x7f) continue
    const next = bytes[at + 1] ?? 0
    if (byte === 0x7f || (byte === 0xc2 && (next < 0xa0 || next === 0xad)) || (byte === 0xd8 && next === 0x9c))
      return true
    if ((byte === 0xe1 && next === 0xa0) || (byte === 0xe2 && next === 0x81) || (byte === 0xef && next === 0xbb))
      return true
    if (byte === 0xe2 && next === 0x80 && isGeneralPunctuationHidden(bytes[at + 2] ?? 0)) return true
  }
  return false
}

/** The third byte of U+200B, U+200E, U+200F and U+2028 to U+202E. */
function isGeneralPunctuationHidden(third: number): boolean {
  return third === 0x8b || third === 0x8e || third === 0x8f || (third >= 0xa8 && third <= 0xae)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

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

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

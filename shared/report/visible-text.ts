/**
 * Provider text as a file may hold it: every character visible to a person and harmless to a terminal. Control
 * characters, which no format can carry safely, become their Unicode pictures (ESC → ␛) or U+FFFD; line breaks and tabs
 * stay, since each format has a way to write them. What is no character (half of a surrogate pair, U+FFFE) becomes U+FFFD.
 * Applying it twice changes nothing more.
 */
export function visibleText(text: string): string {
  return (CONTROL.test(text) ? text.replaceAll(CONTROLS, picture) : text).toWellFormed()
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Noncharacter_Code_Point}]/u

const CONTROLS = new RegExp(CONTROL.source, 'gu')

function picture(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\uFFFD'
}

/** Characters that change how text around them looks without being seen: bidi marks, zero-width and separators. */
export const INVISIBLE = [
  '\u00AD',
  '\u061C',
  '\u180E',
  '\u200B',
  '\u200E',
  '\u200F',
  '\u2028',
  '\u2029',
  '\u202A',
  '\u202B',
  '\u202C',
  '\u202D',
  '\u202E',
  '\u2060',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
  '\uFEFF',
] as const

/** Whether anything of a text can be seen. */
export function hasVisible(text: string): boolean {
  return /[^\s\p{C}\p{Default_Ignorable_Code_Point}]/u.test(text)
}

/**
 * A text as a string literal that Python, TypeScript and JSON read alike: double quotes, and only printable ASCII
 * inside. Characters beyond the basic plane are written as two halves, which Python would read as two characters: see
 * `pythonString`.
 */
export function scriptString(text: string): string {
  return JSON.stringify(text).replaceAll(/[^\x20-\x7e]/gu, (character) =>
    [...Array(character.length).keys()].map((at) => `\\u${hex(character.charCodeAt(at), 4)}`).join(''),
  )
}

/** A text as a Python string literal; `text` is well-formed. */
export function pythonString(text: string): string {
  return JSON.stringify(text).replaceAll(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
  })
}

/** A text as one word of a POSIX shell. A null character cannot be in one and is left out. */
export function shellWord(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`
}

/** The value of a line in a `.env` file: without quotes if all its readers agree on it, else in double quotes. */
export function envValue(text: string): string {
  if (/^[\w.:/@+-]*$/u.test(text)) return text
  return `"${text
    .replaceAll('\0', '')
    .replaceAll(/["\\$`]/gu, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)}"`
}

/** The part of an environment variable's name that a name gives: `Client A` → `CLIENT_A`. */
export function variablePart(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
}

function hex(code: number, places: number): string {
  return code.toString(16).padStart(places, '0')
}

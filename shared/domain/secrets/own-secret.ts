import { findPrefix } from './token-shapes.ts'

/** The replacement for words that repeat a secret in disguise. */
export const LEFT_OUT = '(its words repeat the credential and are left out)'

/** This many consecutive characters of a secret are a part of it; fewer may be shown (a hint shows four). */
const PART = 8

/** The length of text that is judged; shown text is shorter. */
const JUDGED = 1000

/** The number of nested disguises that are recognized. */
const DEPTH = 2

/**
 * A foreign text, shortened for display by `shorten`, without a secret: a literal secret is cut out; if the rest
 * repeats a part of it in disguise (spaced, reversed, in another case, percent-encoded, escaped, in base64 or hex, or
 * nested), the whole text is replaced, since the extent of a disguise cannot be determined.
 */
export function withoutSecret(text: string, secret: string, shorten: (text: string) => string): string {
  const cut = secret === '' ? text : text.replaceAll(secret, '…')
  const shown = shorten(cut)
  // Both: text beyond the judged part is shown only if shortening moves it forward.
  return repeats(cut.slice(0, JUDGED), secret) || repeats(shown, secret) ? LEFT_OUT : shown
}

function repeats(text: string, secret: string): boolean {
  const own = folded(secret.slice(findPrefix(secret).length))
  if (own.length < PART) return false
  const parts = new Set<string>()
  for (const view of [own, reversed(own)]) for (const part of splitParts(view)) parts.add(part)
  let views: ReadonlySet<string> = new Set([text])
  for (let depth = 0; depth <= DEPTH; depth++) {
    for (const view of views) for (const part of splitParts(folded(view))) if (parts.has(part)) return true
    views = new Set([...views].flatMap(undisguised))
  }
  return false
}

function* splitParts(text: string): Iterable<string> {
  for (let at = 0; at + PART <= text.length; at++) yield text.slice(at, at + PART)
}

/** Letters and digits alone, without case and without anything between them. */
function folded(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '')
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('')
}

/** The texts that result from decoding each disguise. */
function undisguised(text: string): string[] {
  if (text.length < PART) return []
  // The marks of base64 may be separators as well.
  const letters = text.replaceAll(/[+/_-]+/gu, '')
  return [unescaped(text), reversed(text), ...fromBase64(text), ...fromBase64(letters), ...fromHex(text)]
}

/** `%41`, `=41`, `\x41`, `\u0041`, `&#65;` and `&#x41;`. */
function unescaped(text: string): string {
  return text
    .replaceAll(/(?:[%=]|\\x|\\u00)([0-9a-f]{2})/giu, (_, hex: string) => toCharacter(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d{1,3});/gu, (_, code: string) => toCharacter(Number(code)))
    .replaceAll(/&#x0{0,4}([0-9a-f]{2});/giu, (_, hex: string) => toCharacter(Number.parseInt(hex, 16)))
}

function toCharacter(code: number): string {
  return String.fromCharCode(code)
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Read from each of the four positions of a group, since words may precede it. */
function fromBase64(text: string): string[] {
  const digits = Array.from(text.replaceAll('-', '+').replaceAll('_', '/'))
    .map((each) => BASE64.indexOf(each))
    .filter((n) => n >= 0)
  return [0, 1, 2, 3].map((from) => toBytes(digits.slice(from), 6))
}

function fromHex(text: string): string[] {
  const digits = Array.from(text.replaceAll(/0x/giu, '').replaceAll(/[^0-9a-f]+/giu, '')).map((each) =>
    Number.parseInt(each, 16),
  )
  return [0, 1].map((from) => toBytes(digits.slice(from), 4))
}

/** Digits of a number of bits each, as characters of eight; without those that no secret and no disguise has. */
function toBytes(digits: readonly number[], bits: number): string {
  let held = 0
  let count = 0
  let text = ''
  for (const digit of digits) {
    held = ((held << bits) | digit) & 0xffff
    count += bits
    if (count < 8) continue
    count -= 8
    const code = (held >> count) & 0xff
    if (code > 0x20 && code < 0x7f) text += toCharacter(code)
  }
  return text
}

import { hasChecksum } from './checksum.ts'
import { foldDisguise, type PlainText, isAfterBreak, toFolded, toOriginal } from './fold-disguise.ts'
import { FORM_SHAPES, WORD_SHAPES, type WordShape } from './other-shapes.ts'
import { findSigns, mayBegin, mayHoldSecret, signsAt } from './signs.ts'
import { alphabetClass, TOKEN_SHAPES } from './token-shapes.ts'

/** A secret in a text. */
export interface Secret {
  /** The kind of secret, with an article. */
  readonly what: string
  /** Its first position, and that after its last. */
  readonly start: number
  readonly end: number
  /** The public part: the issuer's prefix. */
  readonly prefix: string
  /** The rest, without disguise. */
  readonly body: string
  /** True if a checksum proves it. */
  readonly isProved: boolean
}

/** True if a text contains what looks like a complete secret. Such a text must not be stored, shown or logged. */
export function looksSecret(text: string): boolean {
  return mayHoldSecret(text) && findSecrets(text).length > 0
}

/** How much of a text around a sign is looked at: enough for a secret with that sign. */
const BEFORE = 100
const AFTER = 1600
const AFTER_LONG = [
  ['eyJ', 8000],
  ['-----BEGIN', 20_000],
] as const

/** How often one sign within a secret is looked at: a hostile text has thousands. */
const MOST_INSIDE = 20

/** The secrets of a text in their order, also those in disguise. No two of them overlap. The time grows with the length of the text. */
export function findSecrets(text: string): readonly Secret[] {
  const { at, isDisguised } = findSigns(text)
  let folded: PlainText | null = null
  const fold = (): PlainText => (folded ??= foldDisguise(text))
  const view = isDisguised ? fold() : { plain: text, original: text, at: null }
  const found: Secret[] = []
  const inside = new Map<string, number>()
  for (const sign of isDisguised ? findSigns(view.plain).at : at) {
    if (!mayBegin(view.plain, sign)) continue
    const last = found.at(-1)
    const [word = ''] = signsAt(view.plain, sign)
    const times = inside.get(word) ?? 0
    if (times >= MOST_INSIDE && toOriginal(view, sign, sign + 1)[0] < (last?.end ?? 0)) continue
    const secret = view.at === null ? secretNear(text, sign, fold) : secretIn(view, sign)
    if (secret === null) continue
    if (last === undefined || secret.start >= last.end) {
      found.push(secret)
      inside.clear()
      continue
    }
    inside.set(word, times + 1)
    // Text that several shapes cover in part is one secret of none of them.
    if (secret.start < last.start || secret.end > last.end) {
      const [start, end] = [Math.min(last.start, secret.start), Math.max(last.end, secret.end)]
      found[found.length - 1] = { ...secret, start, end, prefix: '', isProved: false }
    }
  }
  return found
}

/** The characters that end a secret, other than a line break. */
const ENDS = /[\s"'<>,;…]/u

/** Signs before which a part of the secret is. */
const LATE = new Set(FORM_SHAPES.filter(({ before }) => before !== undefined).flatMap(({ markers }) => markers))

/** The secret of a sign in a text without another disguise than line breaks; null where there is none. */
function secretNear(text: string, sign: number, fold: () => PlainText): Secret | null {
  const own = secretIn({ plain: text, original: text, at: null }, sign)
  const isBlock = text.startsWith('-----BEGIN', sign)
  // Most signs are followed by something else on the same line, and need no search beyond it.
  const mayContinue = isBlock ? own === null : own === null ? mayBeBroken(text, sign) : isContinued(text, own)
  if (!mayContinue) return own
  const folded = fold()
  return secretIn(folded, toFolded(folded, sign)) ?? own
}

/** The secret of a sign, looked for in its neighbourhood. */
function secretIn({ plain, original, at }: PlainText, sign: number): Secret | null {
  const [, after] = AFTER_LONG.find(([long]) => plain.startsWith(long, sign)) ?? ['', AFTER]
  const [from, to] = [Math.max(0, sign - BEFORE), sign + after]
  const near = at === null ? null : { start: at.start.subarray(from, to), end: at.end.subarray(from, to) }
  const secret = secretAt({ plain: plain.slice(from, to), original, at: near }, sign - from)
  if (secret === null || at !== null || from === 0) return secret
  return { ...secret, start: secret.start + from, end: secret.end + from }
}

/** True if a line break is directly before or after a secret. */
function isContinued(text: string, { start, end }: Secret): boolean {
  return isBreak(text, end) || /[\r\n][ \t]*$/u.test(text.slice(Math.max(0, start - BESIDE), start))
}

/** True if a line break is in what may be a secret with this sign. */
function mayBeBroken(text: string, sign: number): boolean {
  const length = text.slice(sign, sign + AFTER).search(ENDS)
  if (length >= 0 && isBreak(text, sign + length)) return true
  const before = text.slice(Math.max(0, sign - BEFORE), sign)
  return signsAt(text, sign).some((marker) => LATE.has(marker)) && /[\r\n]/u.test(before)
}

function isBreak(text: string, at: number): boolean {
  return /^[ \t]*[\r\n]/u.test(text.slice(at, at + BESIDE))
}

/** A part of the folded text that is a secret. */
interface Part {
  readonly what: string
  readonly start: number
  readonly end: number
  readonly prefix?: string
  readonly isProved?: boolean
}

/** The secret that a sign at a position of the folded text belongs to; null where it belongs to none. */
function secretAt(folded: PlainText, at: number): Secret | null {
  let part: Part | null = null
  for (const sign of signsAt(folded.plain, at)) part ??= FINDERS.get(sign)?.(folded, at) ?? null
  if (part === null) return null
  const { what, prefix = '', isProved = false } = part
  const [start, end] = toOriginal(folded, part.start, part.end)
  return { what, start, end, prefix, body: folded.plain.slice(part.start + prefix.length, part.end), isProved }
}

type Finder = (folded: PlainText, at: number) => Part | null

/** How a secret is found at each sign. */
const FINDERS = new Map<string, Finder>()

for (const { what, prefixes, alphabet, least, most, mark } of TOKEN_SHAPES) {
  for (const prefix of prefixes) {
    const whole = new RegExp(`${escaped(prefix)}[${alphabetClass(alphabet)}]{${least},}`, 'uy')
    FINDERS.set(prefix, (folded, at) => {
      whole.lastIndex = at
      const token = whole.exec(folded.plain)?.[0]
      if (token === undefined) return null
      const lines = splitLines(folded, at + prefix.length, token.slice(prefix.length))
      const first = (lines[0] ?? '').length
      // A line break makes no token of words, and a common prefix in a word none of what is not random.
      const isComplete = first >= least
      const isJoined = alphabet !== 'upper' && (!isComplete || isSplit(folded, at, prefix.length))
      const length = isComplete ? first + countContinued(lines, most, first) : token.length - prefix.length
      const body = token.slice(prefix.length, prefix.length + length)
      if (isJoined && lines.every((line) => line === '' || WORD.test(line))) return null
      if (mark === 'common' && isInWord(folded, at) && !isRandom(body)) return null
      const isProved = mark === 'checksum' && hasChecksum(body)
      return { what, start: at, end: at + prefix.length + length, prefix, isProved }
    })
  }
}

for (const { what, markers, before, form } of FORM_SHAPES) {
  const own = new RegExp(form, 'duy')
  const earlier = before === undefined ? null : new RegExp(`${before}$`, 'u')
  const find: Finder = ({ plain }, at) => {
    own.lastIndex = at
    const { indices } = own.exec(plain) ?? {}
    const [start, end] = indices?.groups?.['secret'] ?? indices?.[0] ?? [0, 0]
    if (end === 0) return null
    if (earlier === null) return { what, start, end }
    const found = earlier.exec(plain.slice(Math.max(0, at - BEFORE), at))
    return found === null ? null : { what, start: start - found[0].length, end }
  }
  for (const marker of markers) FINDERS.set(marker, find)
}

for (const word of new Set(WORD_SHAPES.flatMap(({ words }) => words))) {
  const shapes = WORD_SHAPES.filter(({ words }) => words.includes(word))
  const find: Finder = (folded, at) => {
    if (isInWord(folded, at)) return null
    for (const shape of shapes) {
      const found = findBeside(shape, folded, at + word.length)
      if (found !== null) return found
    }
    return null
  }
  for (const written of [word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`])
    FINDERS.set(written, find)
}

function escaped(text: string): string {
  return text.replaceAll('.', String.raw`\.`)
}

/** The parts of a token between the line breaks of the original. */
function splitLines(folded: PlainText, start: number, token: string): readonly string[] {
  if (folded.at === null) return [token]
  const lines: string[] = []
  let from = 0
  for (let at = 1; at < token.length; at += 1) {
    if (!isAfterBreak(folded, start + at)) continue
    lines.push(token.slice(from, at))
    from = at
  }
  return [...lines, token.slice(from)]
}

/** How many characters of the lines after the first continue a token that is complete without them. */
function countContinued(lines: readonly string[], most: number | null, first: number): number {
  let count = 0
  for (const line of lines.slice(1)) {
    if (WORD.test(line) || (most !== null && first + count + line.length > most)) break
    count += line.length
  }
  return count
}

/** A word, a number, a date, or several with hyphens between. */
const WORD = /^(?:[A-Z]?[a-z]{1,18}|[A-Z]{1,14}|\d{1,8})(?:[-_.](?:[A-Z]?[a-z]{1,18}|[A-Z]{1,14}|\d{1,8}|))*$/u

function isSplit(folded: PlainText, start: number, length: number): boolean {
  for (let at = start + 1; at < start + length; at += 1) if (isAfterBreak(folded, at)) return true
  return false
}

/** True if a letter or digit is directly before a position; with `isEnd` at it. */
function isInWord(folded: PlainText, at: number, isEnd = false): boolean {
  return /[0-9A-Za-z]/u.test(folded.plain.charAt(isEnd ? at : at - 1)) && !isAfterBreak(folded, at)
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/giu

/** True if letters and digits alternate as they do in no word, name, date or id: in about a sixth of the places. */
function isRandom(text: string): boolean {
  const body = text.replaceAll(UUID, '')
  let changes = 0
  for (let at = 1; at < body.length; at += 1) {
    const [before, kind] = [kindAt(body, at - 1), kindAt(body, at)]
    // A capital begins a word.
    const isWordStart = before === 'upper' && kind === 'lower' && kindAt(body, at - 2) !== 'lower'
    if (before !== '' && kind !== '' && kind !== before && !isWordStart) changes += 1
  }
  return changes >= 4 && changes * 6 >= body.length - 3
}

function kindAt(text: string, at: number): 'digit' | 'upper' | 'lower' | '' {
  const code = text.charCodeAt(at)
  if (code >= 0x30 && code <= 0x39) return 'digit'
  if (code >= 0x41 && code <= 0x5a) return 'upper'
  return code >= 0x61 && code <= 0x7a ? 'lower' : ''
}

/** How far after its word a secret without a prefix may begin. */
const BESIDE = 40

function findBeside({ what, also, alphabet, length }: WordShape, folded: PlainText, from: number): Part | null {
  const run = new RegExp(`[${alphabetClass(alphabet)}]{${length}}`, 'gu')
  const near = folded.plain.slice(from, from + BESIDE + length)
  for (let match = run.exec(near); match !== null; match = run.exec(near)) {
    const { index, 0: found } = match
    // The run may begin before it.
    run.lastIndex = index + 1
    if (isInWord(folded, from + index) || isInWord(folded, from + index + length, true)) continue
    const between = near.slice(0, index).toLowerCase()
    const isMeant = also === undefined || also.some((word) => between.includes(word))
    // Issuers whose keys have other letters too make none that looks like a hash.
    const isHash = alphabet !== 'hex' && /^[0-9a-f-]*$/u.test(found)
    const isMixed = alphabet === 'hex' ? /\d/u.test(found) && /[a-f]/u.test(found) : isRandom(found)
    if (isMeant && !isHash && isMixed) return { what, start: from + index, end: from + index + length }
  }
  return null
}

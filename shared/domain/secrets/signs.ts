import { foldText, readDisguise } from './fold-disguise.ts'
import { FORM_SHAPES, WORD_SHAPES } from './other-shapes.ts'
import { alphabetClass, TOKEN_SHAPES } from './token-shapes.ts'

/** The shortest text that can hold a secret. */
const SHORTEST = 16

/** Every sign has three characters at least, by which it is found. */
const BITS = 15
const MASK = (1 << BITS) - 1

/** A secret's prefix, marker or word, by a number of its first three characters; the longer before the shorter. */
const SIGNS = new Map<number, string[]>()

for (const sign of [
  ...TOKEN_SHAPES.flatMap(({ prefixes }) => prefixes),
  ...FORM_SHAPES.flatMap(({ markers }) => markers),
  ...WORD_SHAPES.flatMap(({ words }) => words).flatMap((word) => [
    word,
    word.toUpperCase(),
    `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  ]),
].toSorted((a, b) => b.length - a.length)) {
  const number = toNumber(sign)
  SIGNS.set(number, [...(SIGNS.get(number) ?? []), sign])
}

const LONGEST = Math.max(...Array.from(SIGNS.values(), ([sign = '']) => sign.length))

const BEGINS = new Uint8Array(MASK + 1)
for (const number of SIGNS.keys()) BEGINS[number] = 1

function toNumber(text: string, start = 0): number {
  let number = 0
  for (let at = start; at < start + 3; at += 1) number = ((number << 5) ^ text.charCodeAt(at)) & MASK
  return number
}

/** The characters of ASCII that are part of no disguise, as the inside of a class of a regular expression. */
const ORDINARY = String.raw`\t\x20-\x24\x26-\x5b\x5d-\x7e`

/** Characters below U+0100 that are part of no disguise. */
const PLAIN = new Uint8Array(0x100).fill(1, 0xa0)
const ORDINARY_SIGN = new RegExp(`[${ORDINARY}]`, 'u')
for (let code = 0; code < 0x80; code += 1) PLAIN[code] = ORDINARY_SIGN.test(String.fromCharCode(code)) ? 1 : 0
PLAIN[0xad] = 0

function isPlain(code: number): boolean {
  if (code < 0x100) return PLAIN[code] === 1
  if (code < 0x300) return true
  // Greek, Cyrillic and Hebrew; punctuation; arrows, mathematics without the minus sign, boxes and pictures; Japanese, Chinese and Korean.
  return (
    (code >= 0x370 && code < 0x600) ||
    (code >= 0x2016 && code < 0x2028) ||
    (code >= 0x2190 && code < 0x3000 && code !== 0x2212) ||
    (code >= 0x3040 && code < 0x3100) ||
    (code >= 0x4e00 && code < 0xa000) ||
    (code >= 0xac00 && code < 0xd7a4)
  )
}

/** Signs of secrets in a text. */
export interface Signs {
  /** Where they begin, in their order. */
  readonly at: readonly number[]
  /** True if the text has characters that disguise something, other than line breaks. */
  readonly isDisguised: boolean
}

const NO_SIGNS: Signs = { at: [], isDisguised: false }

/** The signs of secrets in a text, as if it had no line breaks. */
export function findSigns(text: string): Signs {
  if (text.length < SHORTEST) return NO_SIGNS
  const at: number[] = []
  let isDisguised = false
  let number = 0
  for (let each = 0; each < text.length; each += 1) {
    const code = text.charCodeAt(each)
    number = ((number << 5) ^ code) & MASK
    if (BEGINS[number] === 1 && signsAt(text, each - 2).length > 0) at.push(each - 2)
    if (isPlain(code)) continue
    if (code === 0x0a || code === 0x0d) at.push(...findBroken(text, each))
    else isDisguised = true
  }
  return at.length === 0 && !isDisguised ? NO_SIGNS : { at, isDisguised }
}

/** The signs whose first three characters a line break is between. */
function findBroken(text: string, at: number): readonly number[] {
  let next = at
  while (next < at + NEAR && isBlank(text, next)) next += 1
  const begins = [
    [at - 2, text.slice(at - 2, at) + text.charAt(next)],
    [at - 1, text.charAt(at - 1) + text.slice(next, next + 2)],
  ] as const
  return begins
    .filter(([start, begin]) => start >= 0 && BEGINS[toNumber(begin)] === 1 && signsAt(text, start).length > 0)
    .map(([start]) => start)
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
}

/** The most characters of a sign that are looked at, with line breaks and indentation between them. */
const NEAR = 60

/** Up to a line break in what may be a sign. */
const BROKEN = new RegExp(`[^\\r\\n]{0,${LONGEST - 1}}[ \\t]*[\\r\\n]`, 'uy')

/** The signs at a position, the longer before the shorter. */
export function signsAt(text: string, start: number): readonly string[] {
  const own = listSigns(text, start)
  if (own.length > 0) return own
  BROKEN.lastIndex = start
  return BROKEN.test(text) ? listSigns(foldText(text.slice(start, start + NEAR)), 0) : own
}

function listSigns(text: string, start: number): readonly string[] {
  const signs = SIGNS.get(toNumber(text, start))
  return signs?.filter((sign) => text.startsWith(sign, start)) ?? []
}

/** For each prefix: a token without disguise. */
const WHOLE = new Map<string, RegExp>()
/** For each prefix: a token, or the beginning of one up to a character that may be part of a disguise. */
const BEGUN = new Map<string, RegExp>()

for (const { prefixes, alphabet, least } of TOKEN_SHAPES) {
  for (const prefix of prefixes) {
    const begin = `${prefix.replaceAll('.', String.raw`\.`)}[${alphabetClass(alphabet)}]`
    WHOLE.set(prefix, new RegExp(`${begin}{${least}}`, 'uy'))
    BEGUN.set(prefix, new RegExp(`${begin}{${least}}|${begin}*[ \\t]*[^${ORDINARY}]`, 'uy'))
  }
}

const LONGEST_TOKEN = Math.max(
  ...TOKEN_SHAPES.flatMap(({ prefixes, least }) => prefixes.map((prefix) => prefix.length + least)),
)
/** How much of a text is looked at for a token in disguise. */
const LOCAL = 6 * LONGEST_TOKEN

/** Up to a possible disguise in what may be a sign. */
const DISGUISED = new RegExp(`[${ORDINARY}]{0,${LONGEST - 1}}[ \\t]*[^${ORDINARY}]`, 'uy')

function matchesAt(form: RegExp | undefined, text: string, at: number): boolean {
  if (form === undefined) return true
  form.lastIndex = at
  return form.test(text)
}

/** False where no sign is, or the prefix of a token without the rest of one, as in a shortened key. */
export function mayBegin(text: string, start: number): boolean {
  const own = listSigns(text, start)
  if (own.some((sign) => matchesAt(WHOLE.get(sign), text, start))) return true
  if (!own.some((sign) => matchesAt(BEGUN.get(sign), text, start)) && !hasOtherSign(text, start, own)) return false
  const near = foldText(text.slice(start, start + LOCAL))
  if (near.length < 2 * LONGEST_TOKEN && start + LOCAL < text.length) return true
  return listSigns(near, 0).some((sign) => matchesAt(WHOLE.get(sign), near, 0))
}

/** The most characters of a disguise, such as `\u002d`, that are left where a text is cut within it. */
const CUT = 5

/** True if a disguise is in a sign that is not among the given ones, such as a longer one. */
function hasOtherSign(text: string, start: number, own: readonly string[]): boolean {
  if (!matchesAt(DISGUISED, text, start)) return false
  const near = foldText(text.slice(start, start + NEAR))
  return near.length < LONGEST + CUT || listSigns(near, 0).some((sign) => !own.includes(sign))
}

/**
 * True if a text may hold a secret, also in disguise: false for nearly every text, and much cheaper than finding a secret. The text is read
 * as if it were folded, since to fold a long one takes longer than all else.
 */
export function mayHoldSecret(text: string): boolean {
  if (text.length < SHORTEST) return false
  let number = 0
  // Where the two characters before this one begin.
  let before = 0
  let last = 0
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at)
    const begin = at
    if (code === 0x20 || code === 0x09) {
      while (isIndent(text, at + 1)) at += 1
      const hidden = isPlain(text.charCodeAt(at + 1)) ? null : readDisguise(text, begin)
      // A sign has no blank among its first three characters.
      if (hidden === null) number = 0
      else at = begin + hidden.length - 1
      continue
    }
    const hidden = isPlain(code) ? null : readDisguise(text, at)
    if (hidden !== null) {
      at += hidden.length - 1
      if (hidden.plain === '') continue
      code = hidden.plain.charCodeAt(0)
    }
    number = ((number << 5) ^ code) & MASK
    if (BEGINS[number] === 1 && mayBegin(text, before)) return true
    before = last
    last = begin
  }
  return false
}

function isIndent(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x20 || code === 0x09
}

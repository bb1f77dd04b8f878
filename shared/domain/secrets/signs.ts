import { foldText, isDisguise } from './fold-disguise.ts'
import { FORM_SHAPES, WORD_SHAPES } from './other-shapes.ts'
import { TOKEN_SHAPES } from './token-shapes.ts'

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

/** Characters below U+0100 that are part of no disguise. */
const PLAIN = new Uint8Array(0x100).fill(1)
for (let code = 0; code < 0x20; code += 1) PLAIN[code] = 0
PLAIN[0x09] = 1
PLAIN['%'.charCodeAt(0)] = 0
PLAIN['\\'.charCodeAt(0)] = 0
for (let code = 0x7f; code < 0xa0; code += 1) PLAIN[code] = 0
PLAIN[0xad] = 0

function isPlain(code: number): boolean {
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

/**
 * The signs of secrets in a text, as if it had no line breaks; with `first`, no more than one. Nearly every text has none.
 */
export function findSigns(text: string, first = false): Signs {
  if (text.length < SHORTEST) return NO_SIGNS
  const at: number[] = []
  let isDisguised = false
  let number = 0
  for (let each = 0; each < text.length; each += 1) {
    const code = text.charCodeAt(each)
    number = ((number << 5) ^ code) & MASK
    if (BEGINS[number] === 1 && signsAt(text, each - 2).length > 0) {
      at.push(each - 2)
      if (first) break
    }
    if (code < 0x100 ? PLAIN[code] === 1 : isPlain(code)) continue
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

/** True if a text has a sign of a secret, also in disguise: false for nearly every text, and much cheaper than finding a secret. */
export function mayHoldSecret(text: string): boolean {
  const { at, isDisguised } = findSigns(text, true)
  if (at.length > 0) return true
  return isDisguised && isDisguise(text) && findSigns(foldText(text), true).at.length > 0
}

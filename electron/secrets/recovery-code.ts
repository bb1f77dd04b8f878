/** Crockford's base 32: no I, L, O or U, so that print and handwriting are read one way (https://www.crockford.com/base32.html). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** The beginning of a recovery code: Castellan, form 1. */
const MARK = 'C1'
const KEY_BYTES = 32
const GROUP = 5
/** Symbols that `withChecksum` appends. */
const CHECKSUM_LENGTH = 6
const LENGTH = MARK.length + Math.ceil((KEY_BYTES * 8) / 5) + CHECKSUM_LENGTH
const GROUPS = LENGTH / GROUP

export type RecoveryCode =
  | { readonly ok: true; readonly key: Uint8Array }
  | {
      readonly ok: false
      /** For people: what is wrong and where. Contains nothing of the code. */
      readonly reason: string
    }

/**
 * A register key of 32 bytes as a code to print: twelve groups of five characters, where the last six characters check
 * the rest, for example `C1ZZZ-…`. Throws `RangeError` for a key of another length.
 */
export function toRecoveryCode(key: Uint8Array): string {
  if (key.length !== KEY_BYTES) throw new RangeError(`A register key has ${KEY_BYTES} bytes, not ${key.length}.`)
  const symbols = withChecksum([...symbolsIn(MARK), ...toSymbols(key)])
  return getGroups(symbols.map((symbol) => ALPHABET.charAt(symbol)).join('')).join('-')
}

/**
 * Reads a recovery code as a person typed it: case, spaces and hyphens do not matter, O counts as 0, I and L as 1. Any
 * single wrong character and any two that changed places are found, and the group to look at is named where it is certain.
 */
export function keyOfRecoveryCode(text: string): RecoveryCode {
  const typed = toCharacters(text)
  const stranger = symbolsIn(typed).indexOf(-1)
  if (stranger >= 0) return wrong(`Group ${groupAt(stranger)} holds a character that no recovery code has.`)
  if (typed.length !== LENGTH) return wrong(lengthReason(text, typed.length))
  const symbols = symbolsIn(typed)
  if (!isChecksumRight(symbols)) return wrong(checksumReason(symbols))
  if (!typed.startsWith(MARK)) {
    return wrong(
      `This code is of another kind: a recovery code of this version of Castellan begins with ${MARK}.`,
      false,
    )
  }
  return { ok: true, key: toBytes(symbols.slice(MARK.length, LENGTH - CHECKSUM_LENGTH)) }
}

/** The place of each character in the alphabet, -1 for one that is not in it. */
function symbolsIn(code: string): number[] {
  return Array.from(code, (character) => ALPHABET.indexOf(character))
}

function wrong(problem: string, compare = true): RecoveryCode {
  return { ok: false, reason: compare ? `${problem} Compare it with the printed code.` : problem }
}

/** Upper-cased, without what separates groups, and with the letters that the alphabet leaves out read as digits. */
function toCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}\p{Cf}\p{Cc}\u2212_.]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1')
}

function lengthReason(text: string, length: number): string {
  const whole = `A recovery code has ${LENGTH} characters in ${GROUPS} groups of ${GROUP}; ${length} were entered.`
  // The position of a missing or extra character is known only while the text is still in its groups.
  const groups = text.trim().split(/[\s\p{Pd}\u2212]+/u)
  const odd = groups.flatMap((group, index) => (toCharacters(group).length === GROUP ? [] : [index + 1]))
  return groups.length === GROUPS && odd.length > 0 && odd.length < 4 ? `${whole} Look at ${named(odd)}.` : whole
}

function checksumReason(symbols: readonly number[]): string {
  const place = locateError(symbols)
  if (place === null) return 'Several characters of the recovery code are wrong.'
  if (!place.swapped) return `A character in group ${groupAt(place.index)} is wrong.`
  const groups = [...new Set([groupAt(place.index), groupAt(place.index + 1)])]
  return `Two neighbouring characters have changed places in ${named(groups)}.`
}

function named(groups: readonly number[]): string {
  return `group${groups.length > 1 ? 's' : ''} ${groups.join(' and ')}`
}

/** Groups are counted from 1, as people do. */
function groupAt(index: number): number {
  return Math.floor(index / GROUP) + 1
}

function getGroups(code: string): readonly string[] {
  return Array.from({ length: GROUPS }, (_, index) => code.slice(index * GROUP, (index + 1) * GROUP))
}

/** Bytes as symbols of five bits, the first bit first, filled up with zero bits at the end. */
function toSymbols(bytes: Uint8Array): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: Math.ceil(bits.length / 5) }, (_, index) =>
    Number.parseInt(bits.slice(index * 5, index * 5 + 5).padEnd(5, '0'), 2),
  )
}

function toBytes(symbols: readonly number[]): Uint8Array {
  const bits = symbols.map((symbol) => symbol.toString(2).padStart(5, '0')).join('')
  return Uint8Array.from({ length: KEY_BYTES }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2))
}

/**
 * The checksum of Bech32m over symbols of five bits (BIP-173 and BIP-350): a BCH code that finds every error of up to
 * four symbols in 89, so any mistyped character and any two that changed places; it distinguishes errors of up to two
 * symbols, so such an error can be located.
 */
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const
const BECH32M = 0x2bc830a3

/** The symbols (0 to 31) followed by their six symbols of checksum. */
export function withChecksum(symbols: readonly number[]): readonly number[] {
  const rest = remainder([...symbols, 0, 0, 0, 0, 0, 0]) ^ BECH32M
  return [...symbols, ...Array.from({ length: CHECKSUM_LENGTH }, (_, index) => (rest >>> (5 * (5 - index))) & 31)]
}

export function isChecksumRight(symbols: readonly number[]): boolean {
  return remainder(symbols) === BECH32M
}

/**
 * The position of the error in symbols with a wrong checksum: the index of the one wrong symbol, or of the first of two
 * neighbours that changed places. Null when the damage is larger. It shows where to look; a repair would be a guess at
 * a key.
 */
export function locateError(symbols: readonly number[]): { readonly index: number; readonly swapped: boolean } | null {
  for (const [index, symbol] of symbols.entries()) {
    for (let other = 0; other < 32; other += 1) {
      if (other !== symbol && isChecksumRight(symbols.with(index, other))) return { index, swapped: false }
    }
  }
  for (let index = 0; index + 1 < symbols.length; index += 1) {
    const [left, right] = [symbols[index] ?? 0, symbols[index + 1] ?? 0]
    if (isChecksumRight(symbols.with(index, right).with(index + 1, left))) return { index, swapped: true }
  }
  return null
}

function remainder(symbols: readonly number[]): number {
  let rest = 1
  for (const symbol of symbols) {
    const top = rest >>> 25
    rest = ((rest & 0x1ffffff) << 5) ^ symbol
    for (const [bit, term] of GENERATOR.entries()) if ((top >>> bit) & 1) rest ^= term
  }
  return rest >>> 0
}

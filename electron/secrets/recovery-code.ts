import { CHECKSUM_LENGTH, isChecksumRight, locateError, withChecksum } from './code-checksum.ts'

/** Crockford's base 32: no I, L, O or U, so that print and handwriting are read one way (https://www.crockford.com/base32.html). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** What a recovery code begins with: Castellan, form 1. */
const MARK = 'C1'
const KEY_BYTES = 32
const GROUP = 5
const LENGTH = MARK.length + Math.ceil((KEY_BYTES * 8) / 5) + CHECKSUM_LENGTH
const GROUPS = LENGTH / GROUP

export type RecoveryCode =
  | { readonly ok: true; readonly key: Uint8Array }
  | {
      readonly ok: false
      /** For people: what is wrong and where. Holds nothing of the code. */
      readonly reason: string
    }

/**
 * A register key of 32 bytes as a code to print: twelve groups of five characters, the last six of which check the rest,
 * for example `C1ZZZ-…`. Throws `RangeError` for a key of another length.
 */
export function recoveryCodeOf(key: Uint8Array): string {
  if (key.length !== KEY_BYTES) throw new RangeError(`A register key has ${KEY_BYTES} bytes, not ${key.length}.`)
  const symbols = withChecksum([...symbolsIn(MARK), ...symbolsOf(key)])
  return groupsOf(symbols.map((symbol) => ALPHABET.charAt(symbol)).join('')).join('-')
}

/**
 * Reads a recovery code as a person typed it: case, spaces and hyphens do not matter, O counts as 0, I and L as 1. Any
 * single wrong character and any two that changed places are found, and the group to look at is named where it is certain.
 */
export function keyOfRecoveryCode(text: string): RecoveryCode {
  const typed = charactersOf(text)
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
  return { ok: true, key: bytesOf(symbols.slice(MARK.length, LENGTH - CHECKSUM_LENGTH)) }
}

/** The place of each character in the alphabet, -1 for one that is not in it. */
function symbolsIn(code: string): number[] {
  return Array.from(code, (character) => ALPHABET.indexOf(character))
}

function wrong(problem: string, compare = true): RecoveryCode {
  return { ok: false, reason: compare ? `${problem} Compare it with the printed code.` : problem }
}

/** Upper-cased, without what separates groups, and with the letters that the alphabet leaves out read as digits. */
function charactersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}\p{Cf}\p{Cc}\u2212_.]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1')
}

function lengthReason(text: string, length: number): string {
  const whole = `A recovery code has ${LENGTH} characters in ${GROUPS} groups of ${GROUP}; ${length} were entered.`
  // Only a text that is still in its groups says where the character is missing or too many.
  const groups = text.trim().split(/[\s\p{Pd}\u2212]+/u)
  const odd = groups.flatMap((group, index) => (charactersOf(group).length === GROUP ? [] : [index + 1]))
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

function groupsOf(code: string): readonly string[] {
  return Array.from({ length: GROUPS }, (_, index) => code.slice(index * GROUP, (index + 1) * GROUP))
}

/** Bytes as symbols of five bits, the first bit first, filled up with zero bits at the end. */
function symbolsOf(bytes: Uint8Array): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: Math.ceil(bits.length / 5) }, (_, index) =>
    Number.parseInt(bits.slice(index * 5, index * 5 + 5).padEnd(5, '0'), 2),
  )
}

function bytesOf(symbols: readonly number[]): Uint8Array {
  const bits = symbols.map((symbol) => symbol.toString(2).padStart(5, '0')).join('')
  return Uint8Array.from({ length: KEY_BYTES }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2))
}

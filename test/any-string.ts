import * as fc from 'fast-check'

const SURROGATES = { first: 0xd8_00, count: 0x8_00 }

function charAt(n: number): string {
  return String.fromCodePoint(n < SURROGATES.first ? n : n + SURROGATES.count)
}

/** Any character of Unicode but halves of surrogate pairs, which a well-formed text does not hold. */
const character = fc.integer({ min: 0, max: 0x10_ff_ff - SURROGATES.count }).map(charAt, (text) => {
  const point = typeof text === 'string' ? (text.codePointAt(0) ?? 0) : 0
  const n = point < SURROGATES.first ? point : point - SURROGATES.count
  if (text !== charAt(n)) throw new TypeError('This is not one character.')
  return n
})

/**
 * Texts of any characters. What `fc.string({ unit: 'binary' })` draws, but that one builds a table of a million characters
 * first, which takes each process most of a second.
 */
export function anyString(length: fc.StringSharedConstraints = {}): fc.Arbitrary<string> {
  return fc.string({ ...length, unit: character })
}

import { describe, expect, test } from 'vitest'

import { isChecksumRight, locateError, withChecksum } from '../../../electron/secrets/recovery-code.ts'

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** The symbols of a Bech32m string, its human-readable part expanded as in BIP-173. */
function parseSymbols(text: string): number[] {
  const at = text.lastIndexOf('1')
  const codes = Array.from(text.slice(0, at), (character) => character.codePointAt(0) ?? 0)
  const data = Array.from(text.slice(at + 1), (character) => BECH32.indexOf(character))
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...data]
}

describe('the checksum', () => {
  test.each([
    'a1lqfn3a',
    'abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx',
    'split1checkupstagehandshakeupstreamerranterredcaperredlc445v',
    '?1v759aa',
  ])('is that of Bech32m: %s (test vectors of BIP-350)', (vector) => {
    expect(isChecksumRight(parseSymbols(vector))).toBe(true)
    expect(withChecksum(parseSymbols(vector).slice(0, -6))).toEqual(parseSymbols(vector))
  })

  test.each(['a1lqfn3q', 'abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3rxy'])('refuses %s', (damaged) => {
    expect(isChecksumRight(parseSymbols(damaged))).toBe(false)
  })

  test('locates no error where more than two symbols are wrong', () => {
    const right = withChecksum(Array.from({ length: 54 }, (_, index) => (index * 7) % 32))
    const damaged = right.map((symbol, index) => (index % 20 === 0 ? symbol ^ 1 : symbol))
    expect(isChecksumRight(damaged)).toBe(false)
    expect(locateError(damaged)).toBeNull()
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dollarText, microUsdOf } from '../../../../shared/domain/usage/money.ts'

describe('an amount of dollars as text', () => {
  it.each([
    ['0', 0],
    ['1', 1_000_000],
    ['0.06', 60_000],
    ['.5', 500_000],
    ['3.', 3_000_000],
    ['1.2e-05', 12],
    ['1.5E3', 1_500_000_000],
    ['0.0000005', 1],
    ['0.00000049', 0],
    ['4.9e-7', 0],
    ['5e-7', 1],
    ['9e-99', 0],
    [' 12.345678 ', 12_345_678],
    ['999999999.999999', 999_999_999_999_999],
  ])('%s is %i micro-USD', (text, micro) => {
    expect(microUsdOf(text)).toBe(micro)
  })

  it.each(['', '.', 'e5', '-1', '1,5', '$3', 'NaN', 'Infinity', '1e30', '12345678901', '1 000', '0x10'])(
    '%j is none',
    (text) => {
      expect(microUsdOf(text)).toBeNull()
    },
  )

  it('is read exactly, whatever its digits and its exponent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999n }), fc.integer({ min: 0, max: 20 }), (digits, places) => {
        const text = digits.toString().padStart(places + 1, '0')
        const plain = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`
        const scale = 10n ** BigInt(places)
        const rounded = (digits * 2_000_000n + scale) / (2n * scale)
        const expected = rounded < 10n ** 15n ? Number(rounded) : null
        expect(microUsdOf(plain)).toBe(expected)
        expect(microUsdOf(`${digits}e-${places}`)).toBe(expected)
      }),
    )
  })
})

describe('dollars for people', () => {
  it.each([
    [0, '0.00'],
    [1, '<0.01'],
    [4_999, '<0.01'],
    [5_000, '0.01'],
    [-1, '>-0.01'],
    [1_000_000, '1.00'],
    [12_345_678_900, '12,345.68'],
    [-12_345_678_900, '-12,345.68'],
    [1_234_567_895_000_000, '1,234,567,895.00'],
  ])('%i micro-USD read %s', (micro, text) => {
    expect(dollarText(micro)).toBe(text)
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dollarText, toMicroUsd, parseMicroUsd, parseNanoUsd } from '../../../../shared/domain/text/money.ts'

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
    expect(toMicroUsd(text)).toBe(micro)
  })

  it.each(['', '.', 'e5', '-1', '1,5', '$3', 'NaN', 'Infinity', '1e30', '12345678901', '1 000', '0x10'])(
    '%j is null',
    (text) => {
      expect(toMicroUsd(text)).toBeNull()
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
        expect(toMicroUsd(plain)).toBe(expected)
        expect(toMicroUsd(`${digits}e-${places}`)).toBe(expected)
      }),
    )
  })
})

describe('an amount of dollars as a provider sends it', () => {
  it.each<[unknown, bigint]>([
    // Both as OpenAI sends them, a Decimal128 as text.
    ['0E-6176', 0n],
    ['0.003627500000000000000000000000000000', 3_627_500n],
    ['-0E+6111', 0n],
    ['1E-6176', 0n],
    [`0.${'0'.repeat(8)}${'9'.repeat(60)}`, 10n],
    [`1.${'0'.repeat(3000)}`, 1_000_000_000n],
    [`${'0'.repeat(3000)}1`, 1_000_000_000n],
    [`0.${'0'.repeat(40)}25E+40`, 250_000_000n],
    [12.5, 12_500_000_000n],
    [1e-7, 100n],
    [0, 0n],
    ['-12.50', -12_500_000_000n],
    ['-0.0000000005', -1n],
    ['-0.00000000049', 0n],
    ['+3', 3_000_000_000n],
    [' 2 ', 2_000_000_000n],
    ['999999999.999999999', 999_999_999_999_999_999n],
  ])('%j is %i nano-USD', (amount, nano) => {
    expect(parseNanoUsd(amount)).toBe(nano)
  })

  it.each<unknown>(
    // prettier-ignore
    ['', ' ', '.', '-', 'e5', '1,5', '$3', 'NaN', 'Infinity', '-Infinity', '1e', '--1', '+-1', '1e+-3', '0x10', '١',
      '1e9', '999999999.9999999999', '1E+6111', '-1e400', Number.NaN, Number.POSITIVE_INFINITY, 1e9, null, undefined, {}, true, [1]],
  )('%j is not an amount', (amount) => {
    expect(parseNanoUsd(amount)).toBeNull()
    expect(parseMicroUsd(amount)).toBeNull()
  })

  it('is read as whole-number arithmetic reads it, whatever its sign, digits and exponent', () => {
    const digits = fc.oneof(fc.bigInt(-(10n ** 40n), 10n ** 40n), fc.bigInt(-100n, 100n))
    fc.assert(
      fc.property(digits, fc.integer({ min: -60, max: 60 }), fc.nat(12), (number, exponent, zeros) => {
        const text = `${number}${zeros === 0 ? '' : `.${'0'.repeat(zeros)}`}E${exponent}`
        expect(parseNanoUsd(text)).toBe(within(scaledBy(number, exponent + 9), 10n ** 18n))
        const micro = within(scaledBy(number, exponent + 6), 10n ** 15n)
        expect(parseMicroUsd(text)).toBe(micro === null ? null : Number(micro))
      }),
    )
  })

  it('is the same as a number and as its text', () => {
    fc.assert(
      fc.property(fc.double({ min: -999_999_999, max: 999_999_999, noNaN: true }), (amount) => {
        expect(parseNanoUsd(amount)).toBe(parseNanoUsd(String(amount)))
      }),
    )
  })
})

/** `number × 10^power`, rounded half away from zero. */
function scaledBy(number: bigint, power: number): bigint {
  if (power >= 0) return number * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  const size = number < 0n ? -number : number
  const rounded = (2n * size + divisor) / (2n * divisor)
  return number < 0n ? -rounded : rounded
}

function within(value: bigint, range: bigint): bigint | null {
  return value < range && value > -range ? value : null
}

describe('dollars for people', () => {
  it.each([
    [0, '0.00'],
    [1, '<0.01'],
    [4_999, '<0.01'],
    [5_000, '0.01'],
    [-1, '>−0.01'],
    [1_000_000, '1.00'],
    [12_345_678_900, '12,345.68'],
    [-12_345_678_900, '−12,345.68'],
    [1_234_567_895_000_000, '1,234,567,895.00'],
  ])('%i micro-USD read %s', (micro, text) => {
    expect(dollarText(micro)).toBe(text)
  })
})

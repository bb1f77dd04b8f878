import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  parseDecimal,
  invoiceLine,
  millionthsText,
  minorDigits,
  minorText,
  percentText,
} from '../../../../shared/domain/usage/invoice.ts'

const terms = (markupBasisPoints: number, rateMillionths: number, currency = 'EUR') => ({
  markupBasisPoints,
  rateMillionths,
  currency,
  rateOn: null,
})

describe('a line of an invoice', () => {
  it.each([
    [1_000_000, terms(0, 1_000_000, 'USD'), 100],
    [5_000, terms(0, 1_000_000, 'USD'), 1],
    [4_999, terms(0, 1_000_000, 'USD'), 0],
    [10_005_000, terms(1500, 920_000), 1059],
    [1_000_000, terms(0, 149_500_000, 'JPY'), 150],
    [-5_000, terms(0, 1_000_000, 'USD'), -1],
    [-15_000, terms(0, 1_000_000, 'USD'), -2],
  ])('of %d micro-USD by %j is %d', (micro, by, minor) => {
    expect(invoiceLine(micro, by)).toBe(minor)
  })

  it('is within half of the smallest unit of the exact amount, and never falls as the spend grows', () => {
    const micros = fc.integer({ min: 0, max: 10 ** 13 })
    const markups = fc.integer({ min: 0, max: 20_000 })
    const rates = fc.integer({ min: 1, max: 200_000_000 })
    fc.assert(
      fc.property(micros, fc.nat(10 ** 7), markups, rates, (micro, more, markup, rate) => {
        const by = terms(markup, rate)
        const line = BigInt(invoiceLine(micro, by))
        // Exact, in units of 1e-14 cents: |line × 1e14 − micro × (1e4 + markup) × rate| ≤ 0.5 × 1e14.
        const exact = BigInt(micro) * BigInt(10_000 + markup) * BigInt(rate)
        const off = line * 10n ** 14n - exact
        expect(2n * off <= 10n ** 14n && 2n * off > -(10n ** 14n)).toBe(true)
        expect(invoiceLine(micro + more, by)).toBeGreaterThanOrEqual(Number(line))
      }),
    )
  })
})

describe('numbers of an invoice', () => {
  it('are written by the currency’s own decimal places', () => {
    expect([minorDigits('EUR'), minorDigits('JPY')]).toEqual([2, 0])
    expect([minorText(123_456, 2), minorText(-5, 2), minorText(1_234_567, 0)]).toEqual([
      '1,234.56',
      '−0.05',
      '1,234,567',
    ])
    expect([percentText(1500), percentText(1250), percentText(5), percentText(0)]).toEqual(['15', '12.5', '0.05', '0'])
  })

  it('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 9), (value) => {
        expect(parseDecimal(millionthsText(value), 6)).toBe(value)
        expect(Number(millionthsText(value))).toBeCloseTo(value / 1e6, 6)
        expect(parseDecimal(percentText(value % 1_000_000), 2)).toBe(value % 1_000_000)
      }),
    )
    expect([parseDecimal('0,92', 6), parseDecimal('1.5', 0), parseDecimal('-1', 2), parseDecimal('', 2)]).toEqual([
      920_000,
      null,
      null,
      null,
    ])
  })
})

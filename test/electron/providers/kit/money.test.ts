import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { centsOfMicroUsd, microUsdOfCents } from '../../../../electron/providers/kit/money.ts'

describe('an amount that is written back', () => {
  it('is read as what it was, as a number and as a text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000_000 }), (cents) => {
        const micro = microUsdOfCents(cents)
        expect(micro).toBe(microUsdOfCents(String(cents)))
        expect(centsOfMicroUsd(micro ?? 0)).toBe(cents)
      }),
    )
  })

  it('is whole cents, and more than nothing', () => {
    for (const micro of [0, -10_000, 1, 9999, 10_001, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => centsOfMicroUsd(micro)).toThrow(RangeError)
    }
  })
})

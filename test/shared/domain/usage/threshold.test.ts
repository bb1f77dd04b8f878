import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DEFAULT_THRESHOLDS, computePercent, reached } from '../../../../shared/domain/usage/threshold.ts'

describe('thresholds', () => {
  it('are reached at their share of the amount, to the micro-USD', () => {
    expect(reached(DEFAULT_THRESHOLDS, 80_000_000, 100_000_000)).toEqual([50, 80])
    expect(reached(DEFAULT_THRESHOLDS, 79_999_999, 100_000_000)).toEqual([50])
  })

  it('are reached exactly when the displayed percentage has reached them, and stay so', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 }), fc.nat(1e6), (spent, amount, more) => {
        const now = reached(DEFAULT_THRESHOLDS, spent, amount)
        expect(now).toEqual(DEFAULT_THRESHOLDS.filter((threshold) => computePercent(spent, amount) >= threshold))
        expect(reached(DEFAULT_THRESHOLDS, spent + more, amount)).toEqual(expect.arrayContaining(now))
      }),
    )
  })
})

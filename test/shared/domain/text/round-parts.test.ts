import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { computeShares, roundHalfUp, roundParts } from '../../../../shared/domain/text/round-parts.ts'

const micros = fc.array(fc.integer({ min: -(10 ** 9), max: 10 ** 12 }), { maxLength: 40 })
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

describe('parts that are rounded together', () => {
  it('add up to their rounded sum, each less than one off, and a whole part stays as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(-(10n ** 20n), 10n ** 20n)), fc.bigInt(1n, 10n ** 9n), (parts, divisor) => {
        const rounded = roundParts(parts, divisor)
        const exact = parts.reduce((total, part) => total + part, 0n)
        expect(rounded.reduce((total, part) => total + part, 0n)).toBe(roundHalfUp(exact, divisor))
        parts.forEach((part, at) => {
          const off = (rounded[at] ?? 0n) * divisor - part
          expect(off < divisor && off > -divisor).toBe(true)
          expect(part % divisor !== 0n || rounded[at] === part / divisor).toBe(true)
        })
      }),
    )
  })
})

describe('shares', () => {
  it('add up to one thousand tenths of a per cent, and are unknown where nothing was spent', () => {
    fc.assert(
      fc.property(micros, (amounts) => {
        const shares = computeShares(amounts)
        const known = shares.filter((share) => share !== null)
        expect([known.length, sum(known)]).toEqual(sum(amounts) > 0 ? [amounts.length, 1000] : [0, 0])
      }),
    )
    expect(computeShares([1, 1, 1])).toEqual([334, 333, 333])
  })
})

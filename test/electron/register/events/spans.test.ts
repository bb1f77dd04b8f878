import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { joined, splitUp } from '../../../../electron/register/events/log.ts'

const range = fc.tuple(fc.nat(100_000), fc.nat(10_000)).map(([from, length]) => ({ from, to: from + length }))

describe('joined', () => {
  it('covers the same instants, in the order of time and apart from each other', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), fc.nat(110_000), (ranges, at) => {
        const has = (all: readonly { from: number; to: number }[]): boolean =>
          all.some(({ from, to }) => from <= at && at <= to)
        const whole = joined(ranges)
        expect(has(whole)).toBe(has(ranges))
        for (const [n, { from }] of whole.entries()) expect(from).toBeGreaterThan((whole[n - 1]?.to ?? -2) + 1)
      }),
    )
  })
})

describe('splitUp', () => {
  it('covers a range without a gap, with the same ends', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 400 * 86_400_000 }), (from, length) => {
        const parts = splitUp({ from, to: from + length })
        expect(parts[0]?.from).toBe(from)
        expect(parts.at(-1)?.to).toBe(from + length)
        for (const [n, part] of parts.slice(1).entries()) expect(part.from).toBe((parts[n]?.to ?? 0) + 1)
      }),
    )
  })

  it('leaves a range of less than twenty days whole, since each part costs a request', () => {
    expect(splitUp({ from: 0, to: 19 * 86_400_000 })).toHaveLength(1)
    expect(splitUp({ from: 0, to: 90 * 86_400_000 })).toHaveLength(8)
  })
})

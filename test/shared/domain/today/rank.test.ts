import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { RISKS } from '../../../../shared/domain/today/matter.ts'
import { BANDS, compareRanked, computeScore, findBand, type Weight } from '../../../../shared/domain/today/rank.ts'
import { TODAY } from './matters.ts'

const weights: fc.Arbitrary<Weight> = fc.record({
  risk: fc.constantFrom(...RISKS),
  reach: fc.integer({ min: 0, max: 10_000 }),
  age: fc.integer({ min: -3, max: 1000 }),
  by: fc.constantFrom(null, '2026-11-01', TODAY, '2026-12-03', '2026-12-04', '2027-06-01'),
})

const rank = (weight: Weight, id = 'x') => ({ id, band: findBand(weight, TODAY), score: computeScore(weight) })

describe('the rank of an entry', () => {
  it('is risk × reach × age, by its formula', () => {
    expect(computeScore({ risk: 'critical', reach: 1, age: 0, by: null })).toBe(16)
    expect(computeScore({ risk: 'high', reach: 100, age: 90, by: null })).toBe(8 * 2 * 1.5)
    expect(computeScore({ risk: 'medium', reach: 10, age: 0, by: null })).toBe(4 * 1.5)
    expect(computeScore({ risk: 'low', reach: 5000, age: 900, by: null })).toBe(2 * 2 * 1.5)
  })

  it('puts critical risk into now, a wide and old high one too, and what is due within a week into this week', () => {
    expect(findBand({ risk: 'critical', reach: 1, age: 0, by: null }, TODAY)).toBe('now')
    expect(findBand({ risk: 'high', reach: 100, age: 30, by: null }, TODAY)).toBe('now')
    expect(findBand({ risk: 'high', reach: 1, age: 0, by: null }, TODAY)).toBe('week')
    expect(findBand({ risk: 'medium', reach: 1, age: 0, by: null }, TODAY)).toBe('later')
    expect(findBand({ risk: 'low', reach: 1, age: 0, by: '2026-12-03' }, TODAY)).toBe('week')
    expect(findBand({ risk: 'low', reach: 1, age: 0, by: '2026-12-04' }, TODAY)).toBe('later')
  })

  it('never falls when the risk, the reach or the age grows', () => {
    fc.assert(
      fc.property(weights, weights, (weight, more) => {
        const worse: Weight = {
          risk: RISKS[Math.min(RISKS.indexOf(weight.risk), RISKS.indexOf(more.risk))] ?? 'critical',
          reach: Math.max(weight.reach, more.reach),
          age: Math.max(weight.age, more.age),
          by: weight.by,
        }
        expect(compareRanked(rank(worse), rank(weight))).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('is a total order: any two have one order, and it is transitive', () => {
    const ranked = fc.tuple(weights, fc.constantFrom('a', 'b', 'c')).map(([weight, id]) => rank(weight, id))
    fc.assert(
      fc.property(ranked, ranked, ranked, (a, b, c) => {
        expect(Math.sign(compareRanked(a, b)) + Math.sign(compareRanked(b, a))).toBe(0)
        expect(compareRanked(a, b) === 0).toBe(a.id === b.id && a.band === b.band && a.score === b.score)
        const sorted = [a, b, c].toSorted(compareRanked)
        expect(compareRanked(sorted[0] ?? a, sorted[2] ?? c)).toBeLessThanOrEqual(0)
        expect(BANDS).toContain(a.band)
      }),
    )
  })
})
